"""Checks: each looks at a text, an image or the whole library, and says what breaks a rule.

What a check by text says depends on that text and on the settings alone: it can be kept from one
run to the next. Only what needs several resources at once is a check by library. All are listed in
`suite`.
"""
