import { isTimeZone, type Limits, readAskRoute } from "@tabard/core"
import { asksIn, routesOf } from "../ask-routes.ts"
import type { Conditions, Manifest } from "../manifest.ts"
import type { ManifestFault, ManifestPath } from "./manifest-problem.ts"

/** Answers what is wrong with a manifest that no schema can tell. */
export function senseFaults(manifest: Manifest): ManifestFault[] {
  return [
    ...endFaults(manifest),
    ...boundFaults(manifest, []),
    ...askFaults(manifest),
    ...manifest.tools.flatMap((tool, index) => boundFaults(tool, ["tools", index])),
  ]
}

/** Somebody who is named twice is one person all the same. */
function askFaults(manifest: Manifest): ManifestFault[] {
  return asksIn(manifest).flatMap(({ ask, path }) =>
    routesOf(ask)
      .filter((route) => readAskRoute(route) === undefined)
      .map((route) => ({
        path,
        message: `${route} names somebody twice, or nobody`,
        next: "name each once, and say with count how many of them have to agree",
      })),
  )
}

/** Ends that policies cannot write, as they come after the year 9999. */
function endFaults({ expires }: Manifest): ManifestFault[] {
  if (expires === undefined || !expires.startsWith("9999")) return []
  return [
    {
      path: ["expires"],
      message: `${expires} is too far away`,
      next: "name a day that somebody will live to see",
    },
  ]
}

function boundFaults(
  { conditions, limits }: { conditions?: Conditions | undefined; limits?: Limits | undefined },
  path: ManifestPath,
): ManifestFault[] {
  const around = [...path, "conditions"]
  return [
    ...zoneFaults(conditions, around),
    ...networkFaults(conditions, around),
    ...spanFaults(limits, [...path, "limits"]),
  ]
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

/** An address of one kind within the other has two spellings, and policies take neither. */
function networkFaults({ networks = [] }: Conditions = {}, path: ManifestPath): ManifestFault[] {
  return networks.flatMap((network, index) =>
    network.includes(":") && network.includes(".")
      ? [
          {
            path: [...path, "networks", index],
            message: `${network} is written in two ways at once`,
            next: "write the IPv4 network by itself",
          },
        ]
      : [],
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
