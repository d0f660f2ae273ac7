import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { TrustCondition, TrustFields } from "@tabard/core"
import { repositoryAt } from "./kept-place.ts"
import { isRunFrom, repositoriesOf } from "./repositories-of-rule.ts"

const ACME = "github.com/acme/agents"
const ANY = ["/"]

/** Rules as people fill them in, and the repositories that they are of. */
const RULES: readonly (readonly [
  what: string,
  fields: TrustFields,
  repositories: readonly string[],
  claims?: Readonly<Record<string, string>>,
])[] = [
  ["a workflow of GitHub", { form: "github-actions", repository: "Acme/Agents" }, [ACME]],
  [
    "a workflow whose file is kept elsewhere",
    {
      form: "github-actions",
      repository: "acme/agents",
      workflow: "acme/shared/.github/workflows/apply.yml@refs/heads/main",
    },
    [ACME, "github.com/acme/shared"],
  ],
  [
    "a workflow of a server of one's own",
    { form: "github-actions", repository: "acme/agents", issuer: "https://ghes.example/_services/token" },
    ["ghes.example/acme/agents"],
  ],
  [
    "a workflow by GitHub's subject",
    openid("https://token.actions.githubusercontent.com", "repo:acme/agents:ref:refs/heads/main"),
    [ACME],
  ],
  [
    "a job of GitLab",
    openid("https://gitlab.com", "project_path:acme/agents:ref_type:branch:ref:main"),
    ["gitlab.com/acme/agents"],
  ],
  [
    "jobs below a group of GitLab",
    beginning("https://gitlab.com", "project_path:acme/"),
    ["gitlab.com/acme/"],
  ],
  [
    "a job of a GitLab of one's own",
    openid("https://git.acme.example", "project_path:acme/agents:ref_type:branch:ref:main"),
    ["git.acme.example/acme/agents"],
  ],
  [
    "a job of CircleCI that names where its change came from",
    openid(circle(), "org/o/project/p/user/u/vcs-origin/github.com/acme/agents/vcs-ref/refs/heads/main"),
    [ACME],
  ],
  [
    "jobs of CircleCI whose changes come from below an owner",
    beginning(circle(), "org/o/project/p/user/u/vcs-origin/github.com/acme/"),
    ["github.com/acme/"],
  ],
  ["a job of CircleCI that names a project alone", openid(circle(), "org/o/project/p/user/u"), ANY],
  [
    "a job of CircleCI by the claim of its origin",
    openid(circle(), "org/o/project/p/user/u"),
    [ACME],
    { "oidc.circleci.com/vcs-origin": ACME },
  ],
  [
    "a job of Buildkite, which names no repository",
    beginning("https://agent.buildkite.com", "organization:acme:pipeline:agents:ref:"),
    ANY,
  ],
  [
    "a pipeline of Bitbucket, by its workspace",
    openid("https://api.bitbucket.org/2.0/workspaces/Acme/pipelines-config/identity/oidc", "{1}:{2}"),
    ["bitbucket.org/acme/"],
  ],
  [
    "a pipeline of Azure DevOps",
    openid("https://vstoken.dev.azure.com/00000000-0000-4000-8000-000000000000", "p://acme/agents/apply"),
    ANY,
  ],
  [
    "a pipeline of Azure DevOps by the claim of its repository",
    openid("https://vstoken.dev.azure.com/00000000-0000-4000-8000-000000000000", "p://acme/agents/apply"),
    ["dev.azure.com/acme/agents/_git/agents"],
    { rpo_uri: "https://dev.azure.com/acme/agents/_git/agents" },
  ],
  ["a run of Terraform", openid("https://app.terraform.io", "organization:acme:project:p:workspace:w"), ANY],
  ["a run below a host of pipelines", openid("https://acme.semaphoreci.com", "org:acme:project:p"), ANY],
  ["what no repository is spelt like", openid("https://gitlab.com", "project_path:../..:x"), ANY],
  [
    "a pod of a cluster",
    { form: "kubernetes", issuer: "https://k8s.example", namespace: "a", serviceAccount: "b" },
    [],
  ],
  ["a workload of an issuer that runs no pipelines", openid("https://idp.acme.example", "svc-1"), []],
  ["a host that only ends alike", openid("https://evilgitlab.com", "svc-1"), []],
]

describe("the repositories of a trust rule", () => {
  for (const [what, fields, repositories, claims = {}] of RULES)
    it(`are ${repositories.join(", ") || "none"} of ${what}`, () => {
      const conditions = Object.entries(claims).map(
        ([claim, value]): TrustCondition => ({ claim: [claim], test: "is", values: [value] }),
      )
      assert.deepEqual(repositoriesOf({ fields, conditions }), repositories)
    })

  it("take in what they are, what is below them, or all, and nothing that only begins alike", () => {
    for (const [repositories, address, takesIn] of [
      [[ACME], ACME, true],
      [[ACME], "github.com/acme/agents-evil", false],
      [["gitlab.com/acme/"], "gitlab.com/acme/agents", true],
      [["gitlab.com/acme/"], "gitlab.com/acme-evil/agents", false],
      [ANY, "git.acme.example/anything/at-all", true],
      [[], ACME, false],
    ] as const)
      assert.equal(isRunFrom(repositoryAt(address), repositories), takesIn, address)
  })

  it("are not told by a claim that could be several", () => {
    const conditions: TrustCondition[] = [
      { claim: ["rpo_uri"], test: "begins", values: ["https://dev.azure.com/acme/"] },
    ]
    const fields = openid("https://vstoken.dev.azure.com/o", "p://acme/agents/apply")
    assert.deepEqual(repositoriesOf({ fields, conditions }), ANY)
  })
})

function openid(issuer: string, subject: string): TrustFields {
  return { form: "openid", issuer, subject }
}

function beginning(issuer: string, subjectPrefix: string): TrustFields {
  return { form: "openid", issuer, subjectPrefix }
}

function circle(): string {
  return "https://oidc.circleci.com/org/00000000-0000-4000-8000-000000000000"
}
