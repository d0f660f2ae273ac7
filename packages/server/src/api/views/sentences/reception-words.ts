/** Answers what was done about a signal that was received, from the event that says so. */
export function receptionWords({ outcome, data }: Readonly<Record<string, unknown>>): string {
  switch (outcome) {
    case "quarantined":
      return "the agent was quarantined"
    case "ended":
      return `${counted(data, "tokens")} and ${counted(data, "sessions")} ended`
    case "unknown-subject":
      return "it is about nobody here"
    default:
      return "nothing had to be done"
  }
}

function counted(data: unknown, name: "sessions" | "tokens"): string {
  const count = Number(typeof data === "object" && data !== null ? Reflect.get(data, name) : 0)
  return count === 1 ? `1 ${name.slice(0, -1)}` : `${count} ${name}`
}
