import { type TimeWindow, WEEKDAYS, type Weekday } from "@tabard/core"
import { listed } from "./count.ts"

/** How each day is called. */
export const DAY_WORDS: Readonly<Record<Weekday, string>> = {
  mon: "Monday",
  tue: "Tuesday",
  wed: "Wednesday",
  thu: "Thursday",
  fri: "Friday",
  sat: "Saturday",
  sun: "Sunday",
}

/** Says a time window: on which days it begins, from when to when, and by whose clocks. */
export function windowWords({ days, from, to, zone }: TimeWindow): string {
  const next = from < to ? "" : " the next day"
  return `${daysWords(days)}, ${from} to ${to}${next} (${zone})`
}

function daysWords(days: readonly Weekday[]): string {
  if (WEEKDAYS.every((day) => days.includes(day))) return "every day"
  return listed(runsOf(days).flatMap(runWords))
}

/** Days that follow each other are said as one, from three on. */
function runWords(run: readonly Weekday[]): readonly string[] {
  const words = run.map((day) => DAY_WORDS[day])
  return words.length < 3 ? words : [`${words[0]} to ${words.at(-1)}`]
}

function runsOf(days: readonly Weekday[]): readonly (readonly Weekday[])[] {
  const runs: Weekday[][] = [[]]
  for (const day of WEEKDAYS) {
    if (days.includes(day)) runs.at(-1)?.push(day)
    else runs.push([])
  }
  return runs.filter((run) => run.length > 0)
}
