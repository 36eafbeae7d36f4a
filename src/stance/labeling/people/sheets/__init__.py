"""To and from spreadsheets: a row is a target, in CSV or Excel."""
