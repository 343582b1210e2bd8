"""业务登记簿: what the bureau does and keeps; each register is a declaration in legal/registers."""
