import { isTimeZone, type Limits } from "@tabard/core"
import type { Conditions, Manifest } from "../manifest.ts"
import type { ManifestFault, ManifestPath } from "./manifest-problem.ts"

/** Answers what is wrong with a manifest that no schema can tell. */
export function senseFaults(manifest: Manifest): ManifestFault[] {
  return [
    ...boundFaults(manifest, []),
    ...manifest.tools.flatMap((tool, index) => boundFaults(tool, ["tools", index])),
  ]
}

function boundFaults(
  { conditions, limits }: { conditions?: Conditions | undefined; limits?: Limits | undefined },
  path: ManifestPath,
): ManifestFault[] {
  return [...zoneFaults(conditions, [...path, "conditions"]), ...spanFaults(limits, [...path, "limits"])]
}

function zoneFaults({ hours = [] }: Conditions = {}, path: ManifestPath): ManifestFault[] {
  return hours.flatMap(({ zone }, index) =>
    isTimeZone(zone)
      ? []
      : [
          {
            path: [...path, "hours", index, "zone"],
            message: `there is no time zone ${zone}`,
            next: "name one as Europe/Berlin, or UTC",
          },
        ],
  )
}

/** Two limits of one span would leave it open which of them was meant. */
function spanFaults({ calls = [], spend = [] }: Limits = {}, path: ManifestPath): ManifestFault[] {
  const twice = (kind: string, keys: readonly string[]): ManifestFault[] =>
    keys.flatMap((key, index) =>
      keys.indexOf(key) === index
        ? []
        : [
            {
              path: [...path, kind, index],
              message: `this is the second limit per ${key}`,
              next: "keep one of them",
            },
          ],
    )
  return [
    ...twice(
      "calls",
      calls.map(({ per }) => per),
    ),
    ...twice(
      "spend",
      spend.map(({ per, currency }) => `${per} in ${currency}`),
    ),
  ]
}
