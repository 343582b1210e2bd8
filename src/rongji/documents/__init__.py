"""Documents: one block model for what is written and (later) what is read, and its writers. Pure, no Django.

`model` the blocks, each with its place; `build` short ways to write them down; `grid` which cell covers which slot;
`formula` how a cell follows from others; `paper` the sheet of GB/T 9704-2012; `layout` what all writers decide alike;
`fonts`, `font_choice` faces and the files that print them; `writers` docx, pdf, xlsx, html. May import: kernel.
"""
