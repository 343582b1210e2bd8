"""Documents made by rule, whose relations are known: what the audit is proved on."""
