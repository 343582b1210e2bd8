"""The grammar of running text: sentences and brackets, the numbers in them, lists of parts and their wholes."""
