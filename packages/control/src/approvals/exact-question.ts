import type { Approval, CallQuestion, Id } from "@tabard/core"
import { actionHash, actionId, bindingHash } from "@tabard/policy"
import { type Asking, type CallFacts, callFactsOf, chainOf, linksOf } from "../decisions/question.ts"

/** Whose exact action it is, and the hash that stands for it. */
export interface ExactAct {
  readonly agent: Id<"agent">
  readonly hash: string
}

/** One exact action, with all that people are shown of it. */
export interface ExactQuestion extends ExactAct {
  readonly question: CallQuestion
}

/** Answers what exactly is asked: tool and definition, arguments, links, task and resource. Time and address stay out. */
export function exactQuestion(asking: Asking): ExactQuestion {
  const { attempt, tool } = asking
  const { caller, server } = attempt
  const call = callFactsOf(asking)
  const question: CallQuestion = {
    kind: "call",
    agent: caller.agent,
    instance: caller.instance,
    task: caller.task,
    server: server.id,
    tool: tool.name,
    toolDigest: tool.digest,
    arguments: attempt.arguments,
    chain: chainOf(linksOf(call)),
    resource: server.id,
  }
  return { question, ...exactAct(call) }
}

/** Answers whose exactly which action a call is. */
export function exactAct(call: CallFacts): ExactAct {
  const { principal, tool, server, arguments: args } = call
  const hash = actionHash({
    tool: actionId({ server, name: tool.name }),
    digest: tool.digest,
    args,
    chain: chainOf(linksOf(call)),
    task: principal.task?.id ?? null,
    resource: server,
  })
  return { agent: principal.agent.id, hash }
}

/** Answers whether an approval is about exactly this action, asked by this agent, and its binding is whole. */
export function isAbout(approval: Approval, { agent, hash }: ExactAct): boolean {
  return (
    approval.question.agent === agent &&
    approval.actionHash === hash &&
    approval.bindingHash === bindingHash(hash, approval.nonce)
  )
}
