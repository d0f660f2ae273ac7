import type { ApprovalView } from "@tabard/api"
import { resolveApproval } from "@tabard/control"
import { type Approval, type Id, isId, Problem } from "@tabard/core"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { approvalViews } from "../views/approval-views.ts"

/** How many questions a list holds. */
const PAGE = 200

/** Questions to people, and their answers. */
export function approvalHandlers(
  services: ApiServices,
): Pick<Handlers, "listApprovals" | "getApproval" | "answerApproval"> {
  const { shelf } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  return {
    listApprovals: ({ user }, { state }) =>
      shelf.snapshot(async (tx) => {
        const approvals = await tx.approvals.list({ limit: PAGE, ...(state && { state }) })
        return { items: await approvalViews(tx, approvals, user.id), next: null }
      }),
    getApproval: ({ user }, { id }) => shown(services, id, user.id),
    answerApproval: async ({ user }, { id, verdict }) => {
      await resolveApproval(deps, user.id, id, verdict)
      return shown(services, id, user.id)
    },
  }
}

async function shown({ shelf }: ApiServices, id: string, looker: Id<"user">): Promise<ApprovalView> {
  return shelf.snapshot(async (tx) => {
    const approval: Approval | undefined = isId("approval", id) ? await tx.approvals.find(id) : undefined
    const [view] = approval ? await approvalViews(tx, [approval], looker) : []
    if (!view) throw new Problem("approval_not_found", `there is no approval ${id.slice(0, 80)}`)
    return view
  })
}
