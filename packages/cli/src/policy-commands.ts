import type { Command } from "./command.ts"

/** Commands about what agents may do: checked, planned, put in force, asked about. */
export const POLICY_COMMANDS: Readonly<Record<string, Command>> = {
  check: {
    load: async () => (await import("./commands/check.ts")).check,
    takes: " [PATH…]",
    does: "hold manifests, and a Terraform plan, to the organisation's standards",
  },
  approvals: {
    load: async () => (await import("./commands/approvals.ts")).approvals,
    takes: " [APPROVAL]",
    does: "what agents ask people, and who has agreed",
  },
  explain: {
    load: async () => (await import("./commands/explain.ts")).explain,
    takes: " DECISION|CALL",
    does: "why a call was permitted, asked about or denied",
  },
  "what-if": {
    load: async () => (await import("./commands/what-if.ts")).whatIf,
    takes: " DECISION|CALL",
    does: "what would be decided otherwise, with anything changed",
  },
  lock: {
    load: async () => (await import("./commands/lock.ts")).lock,
    takes: " [PATH…]",
    does: "pin what was reviewed of each agent, in agent.lock",
  },
  admission: {
    load: async () => (await import("./commands/admission.ts")).admission,
    takes: " [PATH…] --tls-cert FILE",
    does: "tell a Kubernetes API server which agents may be made",
  },
  plan: {
    load: async () => (await import("./commands/plan.ts")).plan,
    takes: " [PATH…]",
    does: "what manifests would change of what is in force",
  },
  apply: {
    load: async () => (await import("./commands/plan.ts")).apply,
    takes: " [PATH…] --digest DIGEST",
    does: "put manifests in force exactly as they were planned",
  },
  "policy test": {
    load: async () => (await import("./commands/policy-test.ts")).policyTest,
    takes: " [PATH…]",
    does: "ask policies what is kept as cases",
  },
  "tools export": {
    load: async () => (await import("./commands/tools-export.ts")).toolsExport,
    takes: "",
    does: "the reviewed tools of every server, as tabard.tools.json",
  },
  "policies list": {
    load: async () => (await import("./commands/policies.ts")).policiesList,
    takes: "",
    does: "the guard-rails, tiers and sets in force",
  },
  "policies show": {
    load: async () => (await import("./commands/policies.ts")).policiesShow,
    takes: " KIND [SUBJECT]",
    does: "one document of policies, as it is in force or was",
  },
  "policies history": {
    load: async () => (await import("./commands/policies.ts")).policiesHistory,
    takes: " KIND [SUBJECT]",
    does: "who wrote which version of it",
  },
  "policies diff": {
    load: async () => (await import("./commands/policies.ts")).policiesDiff,
    takes: " KIND [SUBJECT] --from N --to N",
    does: "what is otherwise in one version than in another",
  },
  "policies coverage": {
    load: async () => (await import("./commands/policies.ts")).policiesCoverage,
    takes: "",
    does: "which tools each agent may use, and by which policies",
  },
  "policies gaps": {
    load: async () => (await import("./commands/policies.ts")).policiesGaps,
    takes: "",
    does: "what no policy speaks of",
  },
  schema: {
    load: async () => (await import("./commands/schema.ts")).schema,
    takes: " NAME",
    does: "the JSON Schema of tabard.yaml, of the standards or of cases",
  },
}
