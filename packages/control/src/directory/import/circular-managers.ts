import { LONGEST_LINE } from "@tabard/core"

/** Answers who stands above themselves, or below more managers than may stand above one another. Pure. */
export function circularManagers(boss: ReadonlyMap<string, string>): ReadonlySet<string> {
  const wrong = new Set<string>()
  for (const start of boss.keys()) {
    let above = boss.get(start)
    for (let steps = 1; above !== undefined; steps++) {
      if (above === start || steps > LONGEST_LINE) {
        wrong.add(start)
        break
      }
      above = boss.get(above)
    }
  }
  return wrong
}
