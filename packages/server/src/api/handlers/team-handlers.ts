import type { TeamInput, TeamOperations } from "@tabard/api"
import {
  addMaintainingTeam,
  addTeamMember,
  changeTeam,
  makeTeam,
  removeMaintainingTeam,
  removeTeam,
  removeTeamMember,
  type TeamWords,
} from "@tabard/control"
import type { Handlers } from "../handler.ts"
import { byName, pageOf } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { readDetail } from "../views/agent-detail.ts"
import { teamDetail, teamViews } from "../views/team-views.ts"

/** Teams, who belongs to them, and which agents they help with. */
export function teamHandlers(services: ApiServices): Pick<Handlers, keyof TeamOperations> {
  return { ...teams(services), ...maintaining(services) }
}

const TEAMS = byName("teams", "team")

type Maintaining = "addMaintainingTeam" | "removeMaintainingTeam"

function teams(services: ApiServices): Pick<Handlers, Exclude<keyof TeamOperations, Maintaining>> {
  const { shelf } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  return {
    listTeams: ({ user }, asked) =>
      shelf.snapshot(async (tx) => {
        const { items, next } = await pageOf(TEAMS, asked, (from) => tx.teams.page(from))
        return { items: await teamViews(tx, user, items), next }
      }),
    getTeam: ({ user }, { id }) => shelf.snapshot((tx) => teamDetail(tx, user, id)),
    makeTeam: async ({ user }, input) => {
      const id = await makeTeam(deps, user, wordsOf(input))
      return shelf.snapshot((tx) => teamDetail(tx, user, id))
    },
    changeTeam: async ({ user }, { id, ...input }) => {
      await changeTeam(deps, user, id, wordsOf(input))
      return shelf.snapshot((tx) => teamDetail(tx, user, id))
    },
    removeTeam: async ({ user }, { id }) => {
      await removeTeam(deps, user, id)
      return {}
    },
    addTeamMember: async (context, { id, user }) => {
      await addTeamMember(deps, context.user, { team: id, user })
      return shelf.snapshot((tx) => teamDetail(tx, context.user, id))
    },
    removeTeamMember: async (context, { id, user }) => {
      await removeTeamMember(deps, context.user, { team: id, user })
      return shelf.snapshot((tx) => teamDetail(tx, context.user, id))
    },
  }
}

function maintaining(services: ApiServices): Pick<Handlers, Maintaining> {
  const deps = { ...recordContext(services), transact: services.shelf.transact }
  return {
    addMaintainingTeam: async ({ user }, { id, team }) => {
      await addMaintainingTeam(deps, user, { agent: id, team })
      return readDetail(services, id)
    },
    removeMaintainingTeam: async ({ user }, { id, team }) => {
      await removeMaintainingTeam(deps, user, { agent: id, team })
      return readDetail(services, id)
    },
  }
}

/** What is not said is nobody's, and kept by people. */
function wordsOf({ name, externalName = null, keptBy = "people", lead = null }: TeamInput): TeamWords {
  return { name, externalName, keptBy, lead }
}
