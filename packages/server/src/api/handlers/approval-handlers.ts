import type { ApprovalView } from "@tabard/api"
import { resolveApproval } from "@tabard/control"
import { type Approval, type Id, isId, Problem } from "@tabard/core"
import { z } from "zod"
import { assertInPerson } from "../assert-in-person.ts"
import { given } from "../given.ts"
import type { Handlers } from "../handler.ts"
import { idPlace, type ListOrder, pageOf, TIME_PLACE } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { approvalViews } from "../views/approval-views.ts"

/** Questions to people, and their answers. */
export function approvalHandlers(
  services: ApiServices,
): Pick<Handlers, "listApprovals" | "getApproval" | "answerApproval"> {
  const { shelf } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  return {
    listApprovals: ({ user }, { state, ...asked }) =>
      shelf.snapshot(async (tx) => {
        const { items, next } = await pageOf(APPROVALS, asked, (from) =>
          tx.approvals.list({ ...given({ state }), ...from }),
        )
        return { items: await approvalViews(tx, items, user.id), next }
      }),
    getApproval: ({ user }, { id }) => shown(services, id, user.id),
    answerApproval: async (context, { id, verdict }) => {
      const { user } = context
      if (verdict === "approved" && (await isForToken(services, id))) assertInPerson(context)
      await resolveApproval(deps, user.id, id, verdict)
      return shown(services, id, user.id)
    },
  }
}

const APPROVALS: ListOrder<Approval, Pick<Approval, "id" | "createdAt">> = {
  list: "approvals",
  placeOf: ({ id, createdAt }) => ({ id, createdAt }),
  place: z.object({ id: idPlace("approval"), createdAt: TIME_PLACE }),
}

/** Whether it lets an agent act for whoever says yes, which they have to look at themselves. */
async function isForToken({ shelf }: ApiServices, id: string): Promise<boolean> {
  const approval = isId("approval", id) && (await shelf.snapshot(({ approvals }) => approvals.find(id)))
  return approval ? approval.question.kind === "token" : false
}

async function shown({ shelf }: ApiServices, id: string, looker: Id<"user">): Promise<ApprovalView> {
  return shelf.snapshot(async (tx) => {
    const approval: Approval | undefined = isId("approval", id) ? await tx.approvals.find(id) : undefined
    const [view] = approval ? await approvalViews(tx, [approval], looker) : []
    if (!view) throw new Problem("approval_not_found", `there is no approval ${id.slice(0, 80)}`)
    return view
  })
}
