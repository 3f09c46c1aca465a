"""The report: a static site that shows certificates to a reader, built from certificates alone."""
