"""Reads finished PDFs as a printer’s proofreader does, and tells what is to be refused.

It trusts nothing of how they were made: all is measured on what is drawn, and read in the tags.
"""
