"""Final accounts (部门决算公开): the nine tables against each other and against their text."""
