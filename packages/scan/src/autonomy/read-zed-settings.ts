import type { SettingSighting } from "../configurations/observation.ts"
import { asFields, field } from "../documents/fields.ts"

/** What only speaks to the agent, or starts another; older versions called it the assistant. */
const OF_THE_AGENT = ["agent", "agent_servers", "assistant"]

/** Answers that Zed's agent is set up at all, where nothing says how freely it acts. */
export function readZedSettings(
  value: unknown,
  settings: readonly SettingSighting[],
): readonly SettingSighting[] {
  const fields = asFields(value)
  if (settings.length > 0 || field(fields, "disable_ai") === true) return []
  const setting = OF_THE_AGENT.find((name) => asFields(field(fields, name)))
  return setting === undefined ? [] : [{ setting, value: "set", level: null }]
}
