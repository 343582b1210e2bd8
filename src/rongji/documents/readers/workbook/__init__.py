"""Workbooks: xlsx, xls and ods into one raw shape, before anything of their content is understood."""
