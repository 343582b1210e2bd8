"""Law as dated data: loads and checks `legal/`, answers "the value as of a day, as known on another".

Pure: no database, no clock; days are arguments.
"""
