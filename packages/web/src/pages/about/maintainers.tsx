import type { AgentDetail, MaintainerInput, MaintainingTeamInput } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Frame, Section } from "../../components/page.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { Said } from "../../components/said.tsx"
import { useAgentAct } from "../../data/agent-acts.ts"
import { useMayAnswerFor } from "../../shell/may.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { plainText } from "../../words/plain-text.ts"
import { HelperSelect } from "./helper-select.tsx"

/** The people and teams who help with an agent: they describe it, and change nothing of its mandate. */
export function Maintainers({ agent }: { agent: AgentDetail }): ReactNode {
  const mayChange = useMayAnswerFor(agent)
  const { id: me } = useSignedIn().user
  const remove = useAgentAct((client, input: MaintainerInput) => client.removeMaintainer(input))
  return (
    <Section title="Who helps">
      <Frame>
        {agent.maintainers.length + agent.maintainingTeams.length === 0 && (
          <p className="px-3 py-2.5 text-faint">Nobody yet. Maintainers may say what describes it.</p>
        )}
        <ul>
          <MaintainingTeams agent={agent} mayChange={mayChange} />
          {agent.maintainers.map(({ id, name }) => (
            <li
              key={id}
              className="flex min-h-10 items-center justify-between gap-3 border-b px-3 last:border-b-0"
            >
              <span className="min-w-0 truncate">
                <Said text={name} />
              </span>
              {(mayChange || id === me) && (
                <Button
                  size="small"
                  look="quiet"
                  busy={remove.isPending}
                  aria-label={`Remove ${plainText(name)}`}
                  onClick={() => remove.mutate({ id: agent.id, user: id })}
                >
                  Remove
                </Button>
              )}
            </li>
          ))}
        </ul>
        {mayChange && <AddMaintainer agent={agent} />}
      </Frame>
      <ProblemNote error={remove.error} />
    </Section>
  )
}

function MaintainingTeams({ agent, mayChange }: { agent: AgentDetail; mayChange: boolean }): ReactNode {
  const remove = useAgentAct((client, input: MaintainingTeamInput) => client.removeMaintainingTeam(input))
  return (
    <>
      {agent.maintainingTeams.map(({ id, name }) => (
        <li
          key={id}
          className="flex min-h-10 items-center justify-between gap-3 border-b px-3 last:border-b-0"
        >
          <span className="min-w-0 truncate">
            <Said text={name} /> <span className="text-faint">(team)</span>
          </span>
          <ProblemNote error={remove.error} />
          {mayChange && (
            <Button
              size="small"
              look="quiet"
              busy={remove.isPending}
              aria-label={`Remove the team ${plainText(name)}`}
              onClick={() => remove.mutate({ id: agent.id, team: id })}
            >
              Remove
            </Button>
          )}
        </li>
      ))}
    </>
  )
}

function AddMaintainer({ agent }: { agent: AgentDetail }): ReactNode {
  const [chosen, setChosen] = useState("")
  const { mutate, isPending, error } = useAgentAct((client, { id, who }: { id: string; who: string }) =>
    who.startsWith("tem_")
      ? client.addMaintainingTeam({ id, team: who })
      : client.addMaintainer({ id, user: who }),
  )
  const add = (): void => {
    if (chosen) mutate({ id: agent.id, who: chosen }, { onSuccess: () => setChosen("") })
  }
  return (
    <div className="space-y-2 border-t px-3 py-2.5">
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <HelperSelect
            chosen={chosen}
            except={[...agent.maintainers, ...agent.maintainingTeams].map(({ id }) => id)}
            onChoose={setChosen}
          />
        </div>
        <Button busy={isPending} onClick={add} title={chosen ? undefined : "Choose a person or a team first"}>
          Add
        </Button>
      </div>
      <ProblemNote error={error} />
    </div>
  )
}
