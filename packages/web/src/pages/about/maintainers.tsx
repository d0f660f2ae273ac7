import type { AgentDetail, MaintainerInput } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Frame, Section } from "../../components/page.tsx"
import { PersonSelect } from "../../components/person-select.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { Said } from "../../components/said.tsx"
import { useAgentAct } from "../../data/agent-acts.ts"
import { useMayAnswerFor } from "../../shell/may.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { plainText } from "../../words/plain-text.ts"

/** The people who help with an agent: they describe it, and change nothing of its mandate. */
export function Maintainers({ agent }: { agent: AgentDetail }): ReactNode {
  const mayChange = useMayAnswerFor(agent)
  const { id: me } = useSignedIn().user
  const remove = useAgentAct((client, input: MaintainerInput) => client.removeMaintainer(input))
  return (
    <Section title="Who helps">
      <Frame>
        {agent.maintainers.length === 0 && (
          <p className="px-3 py-2.5 text-faint">Nobody yet. Maintainers may say what describes it.</p>
        )}
        <ul>
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

function AddMaintainer({ agent }: { agent: AgentDetail }): ReactNode {
  const [user, setUser] = useState("")
  const { mutate, isPending, error } = useAgentAct((client, input: MaintainerInput) =>
    client.addMaintainer(input),
  )
  const add = (): void => {
    if (user) mutate({ id: agent.id, user }, { onSuccess: () => setUser("") })
  }
  return (
    <div className="space-y-2 border-t px-3 py-2.5">
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <PersonSelect
            label="Add a maintainer"
            none="Choose a person"
            chosen={user}
            except={agent.maintainers.map(({ id }) => id)}
            onChoose={setUser}
          />
        </div>
        <Button busy={isPending} onClick={add} title={user ? undefined : "Choose a person first"}>
          Add
        </Button>
      </div>
      <ProblemNote error={error} />
    </div>
  )
}
