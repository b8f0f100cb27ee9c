"""What every piece of evidence weighs for and against a number being written as in another language."""

HIGH, MEDIUM, LOW = 5, 3, 1  # the least sums of evidence for each confidence

# What speaks for a mark that groups thousands ("45.100" where the language's decimal mark is the dot), and against it.
THOUSANDS = {
    "several groups": 7,  # 6.152.524: no number has two decimal marks
    "both marks": 7,  # 1.234,56: their order settles it
    "apostrophe": 3,  # 250'000 is nothing but Swiss grouping
    "debris": 1,  # 25 .000: a dot that lost its place
    "debris without zeros": -2,  # .300 is a batting average
    "round": 3,  # ends in 000; nobody measures to three places to find zeros
    "round, one digit": -1,  # … but 2.000 may be a precise measure
    "round measure": 1,  # 76.000 hectares
    "hundreds measure": 2,  # 1.200 meters
    "round unit": -1,  # 100.000 volts
    "hundreds": 1,  # ends in 00
    "tens": 1,  # ends in 0: a measure to three places that end so is rare
    "three digits": 1,  # 144.613
    "people": 4,  # soldiers, votes, houses: nobody counts them in thousandths
    "plural": 3,  # a plural noun that is not known to be measured
    "verb": 2,  # 5.100 have applied
    "headcount": 4,  # a population of 23.456
    "whole": 4,  # after a month or "aged" stands no decimal
    "price": 2,  # prices do not have three decimals, except small ones: 1.085 dollars
    "about": 1,
    "source": 2,  # the source language groups so
    "other source": -1,
    "companion": 3,  # another number of the article is surely grouped so
    "decimal companion": 2,  # another one surely has the decimal mark that goes with it: 3,5 percent
    "own marks": 3,  # another number is grouped as the language does, so that this mark is no house style
    "precise companion": -2,  # another number of the article surely has three decimals
    "second system": -3,  # neither mark is the language's own; where spaces group, many tolerate the dot
    "percent": -4,
    "scale": -4,
    "precise": -4,
    "rate": -3,
    "score": -4,
    "reading": -4,
    "label": -4,
    "name": -2,
    "mathematics": -2,
    "list": -4,
}
# What speaks for a decimal mark ("3,5" where the language groups with the comma, or does not use it), and against it.
DECIMALS = {
    "fraction": 1,
    "long fraction": -3,
    "percent": 4,
    "scale": 4,
    "precise": 3,
    "measure": 3,
    "amount": 3,
    "time": 3,
    "reading": 3,  # magnitude 6,3
    "price": 4,
    "plural": 2,
    "about": 1,
    "source": 1,
    "companion": 1,
    "grouped companion": 2,  # another number of the article is surely grouped as goes with it: 250.000 soldiers
    "people": -1,
    "score": 1,
    "label": -5,
    "list": -5,
    "enumeration": -5,  # 3,5 and 7
    "clock": -7,  # 18.30 Uhr
    "year": -7,  # in 2014,15 people
    "name": -2,
    "mathematics": -2,
}
# What speaks for a space that groups where the language has a mark ("250 000" in English), which is a matter of taste.
SPACES_INSIDE = {
    "space": 1,
    "article has marks": 1,
    "people": 1,
    "decimal companion": 2,
    "whole": -9,
    "label": -9,
    "list": -9,
}
WEIGHTS = {"thousands": THOUSANDS, "decimal": DECIMALS, "space": SPACES_INSIDE}
