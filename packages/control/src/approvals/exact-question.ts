import type { Approval, CallQuestion, Id } from "@tabard/core"
import { actionHash, actionId, bindingHash } from "@tabard/policy"
import { type Asking, chainOf, linksOf } from "../decisions/question.ts"

/** One exact action and the hash that stands for it. */
export interface ExactQuestion {
  readonly question: CallQuestion
  readonly hash: string
}

/** Answers what exactly is asked: tool and definition, arguments, links, task and resource. Time and address stay out. */
export function exactQuestion(asking: Asking): ExactQuestion {
  const { attempt, tool } = asking
  const { caller, server } = attempt
  const question: CallQuestion = {
    kind: "call",
    agent: caller.agent,
    instance: caller.instance,
    task: caller.task,
    server: server.id,
    tool: tool.name,
    toolDigest: tool.digest,
    arguments: attempt.arguments,
    chain: chainOf(linksOf(asking)),
    resource: server.id,
  }
  return { question, hash: hashOf(question) }
}

/** Answers whether an approval is about exactly this action, asked by this agent, and its binding is whole. */
export function isAbout(approval: Approval, { question, hash }: ExactQuestion): boolean {
  return (
    approval.question.agent === question.agent &&
    approval.actionHash === hash &&
    approval.bindingHash === bindingHash(hash, approval.nonce)
  )
}

function hashOf({ server, tool, toolDigest, arguments: args, chain, task, resource }: CallQuestion): string {
  const id: { server: Id<"server">; name: string } = { server, name: tool }
  return actionHash({ tool: actionId(id), digest: toolDigest, args, chain, task, resource })
}
