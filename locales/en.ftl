# What mfa-gate says to people, in English: the pattern for every other language.
#
# A language is one file beside this one, named by its tag (BCP 47): `pl.ftl`, `pt.ftl`, `zh-Hans.ftl`. It has the same ids,
# and in each sentence the same `{ $names }` and the same tags (<strong>, <code>). docs/languages.md says more.

# The language's own name, as its speakers write it.
language-name = English

### Dates and times

# `{ $month }` and `{ $day }` have two digits.
moment = { $year }-{ $month }-{ $day } { $hour }:{ $minute } UTC
span-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
span-seconds = { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}
