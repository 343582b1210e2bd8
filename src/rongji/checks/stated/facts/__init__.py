"""One fact, one number: its printings anywhere in a document, its unit, the facts that bound it or make it up."""
