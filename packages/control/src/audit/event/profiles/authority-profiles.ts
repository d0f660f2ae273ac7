import { OF_SERVED, OF_SOMEBODY, TYPED } from "./committed.ts"
import type { ProfilesOf } from "./profile.ts"

/** What is recorded of tasks, keys and tokens, of decisions and questions, and of what agents did. */
export const AUTHORITY_PROFILES: ProfilesOf<
  | "access"
  | "application"
  | "approval"
  | "call"
  | "client"
  | "delegation"
  | "door"
  | "enrolment"
  | "instance"
  | "reach"
  | "signing-key"
  | "task"
  | "token"
  | "trust-rule"
> = {
  "access.evaluated": {
    means: "An enforcement point asked an application, or about an agent, and this was answered.",
    names: [],
    committed: { "subject.id": OF_SOMEBODY },
    verbatim: ["evaluation"],
  },
  "application.put": {
    means: "A person put an application of the decision point in force, or changed it.",
    names: [],
  },
  "application.removed": {
    means: "A person took an application of the decision point out of force.",
    names: [],
    committed: { reason: TYPED },
  },
  "approval.agreed": {
    means: "A person agreed to exactly one action, and others have to agree as well.",
    names: ["agent", "approval"],
  },
  "approval.approved": { means: "A person agreed to exactly one action.", names: ["agent", "approval"] },
  "approval.cancelled": {
    means: "A question or an unspent approval was withdrawn.",
    names: ["agent", "approval"],
  },
  "approval.denied": { means: "A person refused an action.", names: ["agent", "approval"] },
  "approval.expired": { means: "Nobody answered a question in time.", names: ["agent", "approval"] },
  "approval.requested": {
    means: "People were asked whether an agent may do exactly one thing, or have a token that acts for them.",
    names: ["agent", "approval", "call", "action", "resource"],
  },
  "approval.spent": {
    means: "A call used an approval up, or the token that it stands for was fetched.",
    names: ["agent", "approval", "call"],
  },
  "call.decided": {
    means:
      "An agent attempted a call, and this was decided of it. The call's end, if it was forwarded, is an event of its own with the same call.",
    names: ["agent", "instance", "call", "action", "resource", "decision"],
  },
  "call.disputed": {
    means:
      "The evaluator and Cedar itself differ about a call, a door, or what an application was asked (`data.application`): it was denied, and one of the two is wrong. At most one in ten minutes.",
    names: ["action", "resource"],
  },
  "call.finished": {
    means: "A forwarded call ended, and how. It is recorded before its answer leaves.",
    names: ["agent", "instance", "call", "action", "resource", "outcome"],
  },
  "client.agreed": {
    means: "A person let a client act for them, as an agent.",
    names: ["agent", "instance", "owner"],
  },
  "client.ended": {
    means: "What a person let a client do ended, and its tokens with it.",
    names: ["agent", "onBehalfOf"],
  },
  "client.registered": {
    means: "A client was registered, through which people may sign agents in.",
    names: [],
  },
  "client.removed": { means: "A registered client was removed, and ended for everybody.", names: [] },
  "client.rule-made": {
    means: "An administrator let a client be adopted for whoever signs it in.",
    names: [],
    committed: { purpose: TYPED },
  },
  "client.rule-removed": { means: "An administrator ended such a rule.", names: [] },
  "door.registered": {
    means: "An administrator let an enforcement point ask the decision point, and said what it may say.",
    names: [],
  },
  "door.removed": {
    means: "An administrator ended an enforcement point.",
    names: [],
    committed: { reason: TYPED },
  },
  "enrolment.offered": {
    means: "A person made a one-time code to enrol a key of an agent.",
    names: ["agent"],
  },
  "enrolment.refused": {
    means: "A genuine code was presented, and no key was enrolled.",
    names: ["agent", "onBehalfOf", "outcome"],
  },
  "delegation.allowed": {
    means: "A person let one agent act for another. `resource` is the one that may act.",
    names: ["agent", "resource"],
  },
  "delegation.withdrawn": {
    means:
      "That was withdrawn, by a person or as one of the two was retired, with the tokens that were exchanged under it.",
    names: ["agent", "resource"],
  },
  "instance.enrolled": {
    means: "An install of an agent enrolled its key.",
    names: ["agent", "instance", "onBehalfOf"],
    committed: { label: OF_SERVED },
  },
  "instance.revoked": {
    means: "A person ended an install of an agent, with its keys and its tokens.",
    names: ["agent", "instance"],
    committed: { reason: TYPED },
  },
  "instance.rotated": {
    means: "An install put a new key in the place of its present one; both work for a while.",
    names: ["agent", "instance"],
  },
  "reach.declared": {
    means:
      "A person said that an agent or a server has something in its hands by which agents are governed. `resource` is what.",
    names: ["agent", "resource"],
  },
  "reach.refused": {
    means: "An act was refused, since an agent would have governed itself by it.",
    names: ["agent"],
  },
  "reach.withdrawn": {
    means: "A person took back that something is in an agent's or a server's hands.",
    names: ["agent", "resource"],
  },
  "signing-key.rotated": {
    means:
      "The key that signs tokens, or the one that signs signals, is to be followed by another: asked for, published, or signing from here on.",
    names: [],
    committed: { reason: TYPED },
  },
  "task.closed": { means: "A person ended a task.", names: ["agent", "task"] },
  "task.expired": { means: "A task ended with its time.", names: ["agent", "task"] },
  "task.opened": {
    means: "A person opened a task for an agent.",
    names: ["agent", "task", "onBehalfOf", "resource"],
    committed: { text: OF_SERVED, folder: OF_SERVED },
  },
  "token.issued": {
    means: "An agent's install got a token. It is recorded before the token is signed.",
    names: ["agent", "instance", "resource"],
    committed: { "workload.subject": OF_SOMEBODY },
  },
  "token.refused": {
    means: "An agent's install was refused a token.",
    names: ["resource", "outcome"],
    committed: { "workload.subject": OF_SOMEBODY },
  },
  "trust-rule.made": {
    means: "A person let workloads of an outside issuer be an agent, by a rule.",
    names: ["agent", "instance"],
  },
  "trust-rule.removed": {
    means: "A trust rule ended, and with it the install and the tokens of its workloads.",
    names: ["agent", "instance"],
    committed: { reason: TYPED },
  },
  "token.revoked": { means: "Live tokens of an agent ended before their time.", names: ["agent"] },
}
