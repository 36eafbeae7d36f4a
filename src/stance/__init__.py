"""Who is for or against whom, in every sentence of a news article."""
