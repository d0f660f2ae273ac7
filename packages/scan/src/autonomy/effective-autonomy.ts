import type { Observation } from "../configurations/observation.ts"
import type { KnownClient } from "../knowledge/knowledge-pack.ts"
import type { Autonomy, AutonomySetting } from "../report.ts"
import { freest } from "./autonomy-order.ts"

/** What stands for a setting where there is none. */
export const CLIENT_DEFAULT = "client default"

/** Answers how freely a client's agent acts: as the freest of its settings says, else as the client does by default. */
export function effectiveAutonomy(client: KnownClient, observations: readonly Observation[]): Autonomy {
  const stated = observations.flatMap(({ settings, path }) =>
    settings.map((setting) => ({ ...setting, source: path })),
  )
  const levels = stated.map(({ level }) => level).filter((level) => level !== null)
  const effective = stated.map(({ setting, value, source }) => ({ setting, value, source }))
  const level = freest(levels)
  if (level) return { level, effective }
  return { level: client.default.level, effective: [...effective, defaultOf(client)] }
}

function defaultOf(client: KnownClient): AutonomySetting {
  return { setting: CLIENT_DEFAULT, value: client.default.says, source: `default of ${client.name}` }
}
