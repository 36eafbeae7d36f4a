"""To and from Label Studio: a task is a sentence, a region in its text is a target with its label.

Format: https://labelstud.io/guide/task_format. Labels stand on regions, a relation ``held by`` ties
a target to a region that names its holder, and a choice on the region says who else holds it.
"""
