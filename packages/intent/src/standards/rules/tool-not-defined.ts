import type { FindingRule } from "@tabard/core"
import { sight, sightByHand } from "../sight.ts"
import type { Vetted } from "../vetted.ts"

/** Nobody handed in what the tool is. */
export const toolNotDefined: FindingRule<Vetted> = {
  id: "tool-not-defined",
  severity: "low",
  title: "A manifest names a tool whose definition nobody handed in",
  remediation:
    "Put what the server answers to tools/list into tabard.tools.json (tabard tools export writes it), so that effects are not guessed by a name.",
  controls: ["OWASP-ASI-2026:ASI04", "SP800-53r5:SR-4", "CIS-v8.1:2.5"],
  judge: ({ declarations }) =>
    declarations.flatMap((each) => [
      ...each.uses
        .filter(({ isDefined }) => !isDefined)
        .map(({ entry, server, index }) =>
          sight(each, ["tools", index, "tool"], `The definition of ${server}/${entry.tool} is not known.`),
        ),
      ...(each.byHand?.undefinedTools ?? []).map((tool) =>
        sightByHand(
          each,
          `The definition of ${tool} is not known, so what is written by hand of it was not judged.`,
        ),
      ),
    ]),
}
