"""How dates and numbers look: Django's own Chinese formats group digits by four and write dates in words."""
