# Polish. The pattern is en.ftl.

language-name = Polski

### Dates and times

moment = { $day }.{ $month }.{ $year }, { $hour }:{ $minute } UTC
span-minutes = { $minutes ->
    [one] { $minutes } minutę
    [few] { $minutes } minuty
    [many] { $minutes } minut
   *[other] { $minutes } minuty
}
span-seconds = { $seconds ->
    [one] { $seconds } sekundę
    [few] { $seconds } sekundy
    [many] { $seconds } sekund
   *[other] { $seconds } sekundy
}
