import type { RiskLevel } from "@tabard/core"

/** What is known of a system by its name in the server catalogue. */
export interface KnownSystem {
  readonly sensitivity: RiskLevel<"sensitivity">
  /** Whether what strangers write arrives through it. */
  readonly strangers: boolean
}

/** Systems of the catalogue by what would be lost with them; one that is in no list is unknown, not harmless. */
const SENSITIVITY: Readonly<Record<RiskLevel<"sensitivity">, readonly string[]>> = {
  public: named(`
    public docs; public repos docs; AWS CDK docs; web search; web scraping; web reading;
    any URL; papers; test server; UI registry; YouTube; Google Maps; Hugging Face; lint;
    Storybook`),
  workspace: named(`
    local files; local git repositories; local knowledge graph; local shell; local code;
    local shell and files; local Python; local task files; IDE; notebook kernel; cloud sandbox;
    cloud browser; Blender; Unity editor; Expo EAS; Laravel app; voice; Obsidian vault; Todoist;
    Figma; Postman; SonarQube; Semgrep; Snyk; smart home`),
  confidential: named(`
    browser; GitHub; GitLab; Bitbucket; Azure DevOps; CircleCI; Buildkite; Jenkins; DynamoDB;
    databases (Google); Postgres over REST; PostgreSQL; MySQL; SQL Server; any SQL database;
    SQLite; Redis; Elasticsearch; ClickHouse; Neo4j; Snowflake; BigQuery; Databricks;
    vector store; Slack; Slack as the user; Discord; Telegram; WhatsApp; SMS and calls;
    email sending; Gmail; Gmail, Drive, Calendar, Docs; Google Drive; Microsoft 365 Graph;
    Microsoft 365 agents; Microsoft Fabric; Notion; Jira and Confluence; Linear; Asana;
    monday.com; Trello; Airtable; HubSpot CRM; Salesforce; Intercom; Zendesk; Box; Webflow; Wix;
    Sentry; Grafana; Datadog; PostHog; Dynatrace; Prometheus; CloudWatch; LaunchDarkly;
    network inventory; n8n; Meta Ads`),
  critical: named(`
    Docker daemon; Kubernetes cluster; Azure Kubernetes; AWS EKS; Terraform on AWS;
    Terraform registry and HCP; Pulumi; any AWS API; AWS IAM; AWS billing; Azure;
    AWS Cloud Control; container build, ECR; Google Cloud CLI; Google Cloud Run; Firebase;
    Cloudflare account; Vercel; Netlify; Railway; Render; Heroku; DigitalOcean; Hostinger;
    Proxmox; Supabase Postgres and project; Neon Postgres; MongoDB, Atlas; Prisma Postgres;
    Shopify; Stripe; PayPal; Square; Mercado Pago; Razorpay; Polar; stock trading; trading;
    gift card purchase; blockchain; crypto trading; Google Ads; pentest host; DFIR fleet;
    firewall; Okta; any Zapier app; 500+ apps; 3000+ apps; many apps; many servers; bridge`),
}

/** Systems through which arrives what anybody may have written: the web, mail, chat, requests of others. */
const STRANGERS: ReadonlySet<string> = new Set(
  named(`
    web search; web scraping; web reading; any URL; papers; YouTube; Hugging Face;
    public repos docs; browser; cloud browser; GitHub; GitLab; Bitbucket; Discord; Slack;
    Slack as the user; Telegram; WhatsApp; Gmail; Gmail, Drive, Calendar, Docs;
    Microsoft 365 Graph; Jira and Confluence; Intercom; Zendesk; HubSpot CRM; Salesforce;
    Sentry; n8n; any Zapier app; 500+ apps; 3000+ apps; many apps; many servers; bridge`),
)

const KNOWN: ReadonlyMap<string, KnownSystem> = new Map(
  (["public", "workspace", "confidential", "critical"] as const).flatMap((sensitivity) =>
    SENSITIVITY[sensitivity].map((name) => [name, { sensitivity, strangers: STRANGERS.has(name) }] as const),
  ),
)

/** Answers what is known of a system, or undefined where nothing is. */
export function knownSystem(name: string | null): KnownSystem | undefined {
  return name === null ? undefined : KNOWN.get(name)
}

/** Reads a list in the catalogue's own spelling, where a name may hold commas. */
function named(list: string): readonly string[] {
  return list.split(";").map((name) => name.trim())
}
