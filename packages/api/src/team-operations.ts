import { administrators } from "./access-groups.ts"
import { ById, Nothing } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get, list, post, put } from "./operation-makers.ts"
import { type Page, Paged, type PageQuery } from "./paging.ts"
import { MaintainingTeamInput, TeamChangeInput, TeamInput, TeamMemberInput } from "./team-inputs.ts"
import { AgentDetail } from "./views/agent.ts"
import { TeamDetail, TeamView } from "./views/team.ts"

/** Teams, who belongs to them, and which agents they help with. */
export interface TeamOperations {
  readonly listTeams: Operation<PageQuery, Page<TeamView>>
  readonly getTeam: Operation<ById, TeamDetail>
  readonly makeTeam: Operation<TeamInput, TeamDetail>
  readonly changeTeam: Operation<TeamChangeInput, TeamDetail>
  readonly removeTeam: Operation<ById, Nothing>
  readonly addTeamMember: Operation<TeamMemberInput, TeamDetail>
  readonly removeTeamMember: Operation<TeamMemberInput, TeamDetail>
  readonly addMaintainingTeam: Operation<MaintainingTeamInput, AgentDetail>
  readonly removeMaintainingTeam: Operation<MaintainingTeamInput, AgentDetail>
}

export const TEAM_OPERATIONS: TeamOperations = {
  listTeams: list("/teams", "signed-in", "Every team by name, with how many belong to it", Paged, TeamView),
  getTeam: get("/teams/:id", "signed-in", "One team, its people and what it helps with", ById, TeamDetail),
  makeTeam: post("/teams", administrators, "Makes a team", TeamInput, TeamDetail),
  changeTeam: put("/teams/:id", administrators, "Gives a team other words", TeamChangeInput, TeamDetail),
  removeTeam: post(
    "/teams/:id/removal",
    administrators,
    "Removes a team; it helps with nothing any more",
    ById,
    Nothing,
  ),
  addTeamMember: post(
    "/teams/:id/members",
    administrators,
    "Takes a person into a team",
    TeamMemberInput,
    TeamDetail,
  ),
  removeTeamMember: post(
    "/teams/:id/members/:user/removal",
    administrators,
    "Takes a person out of a team",
    TeamMemberInput,
    TeamDetail,
  ),
  addMaintainingTeam: post(
    "/agents/:id/maintaining-teams",
    "signed-in",
    "Lets a team help with an agent",
    MaintainingTeamInput,
    AgentDetail,
  ),
  removeMaintainingTeam: post(
    "/agents/:id/maintaining-teams/:team/removal",
    "signed-in",
    "Ends a team's helping with an agent",
    MaintainingTeamInput,
    AgentDetail,
  ),
}
