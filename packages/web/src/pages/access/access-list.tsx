import type { SeenCredentialView } from "@tabard/api"
import type { ReactNode } from "react"
import { Icon } from "../../components/icon.tsx"
import { Frame } from "../../components/page.tsx"
import { Said } from "../../components/said.tsx"
import { capabilityWords, credentialWords, flagWords } from "../../words/access-words.ts"
import type { Reach } from "./access-links.ts"

/** The same as the graph in words: each system, the server that leads there, what it can do and what opens it. */
export function AccessList({ reaches }: { reaches: readonly Reach[] }): ReactNode {
  return (
    <Frame>
      <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="What it reaches">
        <table className="w-full min-w-[36rem] text-left">
          <thead>
            <tr className="border-b text-small text-faint">
              {["System", "Server", "What its tools do", "Opened by"].map((head) => (
                <th key={head} scope="col" className="px-3 py-2 font-normal">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {reaches.map((reach) => (
              <ReachRow key={reach.server.id} {...reach} />
            ))}
          </tbody>
        </table>
      </div>
    </Frame>
  )
}

function ReachRow({ server, opens }: Reach): ReactNode {
  return (
    <tr className="border-b align-baseline last:border-b-0">
      <th scope="row" className="px-3 py-2 font-medium">
        {server.system === null ? (
          <span className="text-faint">Not known</span>
        ) : (
          <Said text={server.system} />
        )}
      </th>
      <td className="px-3 py-2">
        <span className="block wrap-anywhere">
          <Said text={server.name} /> <span className="text-small text-faint">{server.transport}</span>
        </span>
        <Flags flags={server.flags} />
      </td>
      <td className="px-3 py-2 text-soft">
        <Said text={capabilityWords(server.capabilities)} />
      </td>
      <td className="px-3 py-2">
        <Openers opens={opens} />
      </td>
    </tr>
  )
}

function Flags({ flags }: { flags: readonly string[] }): ReactNode {
  return flags.map((flag) => (
    <span key={flag} className="mr-3 inline-flex items-center gap-1 text-small whitespace-nowrap text-high">
      <Icon name="warning" className="size-3" />
      <Said text={flagWords(flag)} />
    </span>
  ))
}

function Openers({ opens }: { opens: readonly SeenCredentialView[] }): ReactNode {
  if (opens.length === 0) return <span className="text-faint">No credential seen</span>
  return (
    <ul>
      {opens.map((credential) => (
        <li key={credential.id}>
          <Said text={credentialWords(credential)} />
        </li>
      ))}
    </ul>
  )
}
