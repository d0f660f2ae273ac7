/**
 * Names below which labels are anybody's. The rule is our own: whole top-level domains; below those of countries what registries
 * keep for everybody; and the hosts of providers at which whoever signs up gets a label. What it does not know it takes for one holder's.
 */

/** What registries of countries keep for everybody: `co.uk`, `com.au`, `go.jp`. */
const SECOND_LEVELS: ReadonlySet<string> = new Set(
  "ac ad adm adv art asn asso biz co com coop ed edu firm gc gen go gob gouv gov govt gv id idf idv ind inf info iwi jus k12 kiwi lg ltd maori me med mi mil mod name ne net nhs nic nom nome nt ong or org parliament pe plc pol police press presse pro rec sa sch school sci tm tmp tur tv".split(
    " ",
  ),
)

/** Hosts of providers at which whoever signs up gets a label of their own. */
const SHARED: ReadonlySet<string> = new Set(
  `github.io githubusercontent.com github.dev githubpreview.dev gitlab.io codeberg.page bitbucket.io
  herokuapp.com herokussl.com vercel.app vercel.dev now.sh netlify.app netlify.com pages.dev workers.dev r2.dev trycloudflare.com cfargotunnel.com
  web.app firebaseapp.com appspot.com run.app a.run.app cloudfunctions.net withgoogle.com withyoutube.com googleapis.com googleusercontent.com translate.goog blogspot.com
  azurewebsites.net azurestaticapps.net azure-api.net azureedge.net azurefd.net azurecontainerapps.io azurecontainer.io trafficmanager.net cloudapp.net
  cloudfront.net awsapprunner.com elasticbeanstalk.com amplifyapp.com awsapps.com on.aws
  onrender.com fly.dev fly.io railway.app up.railway.app render.com deno.dev deno.net val.run vusercontent.net lovable.app replit.app replit.dev repl.co glitch.me surge.sh
  stackblitz.io webcontainer.io csb.app codesandbox.io gitpod.io ngrok.io ngrok.app ngrok.dev ngrok-free.app ngrok-free.dev loca.lt localtunnel.me serveo.net
  supabase.co supabase.in hf.space streamlit.app gradio.live modal.run bubbleapps.io retool.com webflow.io framer.app framer.website wixsite.com squarespace.com wordpress.com
  myshopify.com zendesk.com freshdesk.com atlassian.net sharepoint.com slack.com notion.site medium.com substack.com tumblr.com weebly.com
  digitaloceanspaces.com ondigitalocean.app backblazeb2.com wasabisys.com linodeobjects.com vultrobjects.com oraclecloud.com
  salesforce.com force.com service-now.com okta.com auth0.com onmicrosoft.com
  duckdns.org no-ip.org ddns.net dyndns.org hopto.org zapto.org sytes.net nip.io sslip.io xip.io
  eu.org us.org uk.com us.com eu.com de.com gb.com gb.net uk.net co.com br.com cn.com jpn.com ru.com sa.com za.com in.net
  pythonanywhere.com requestcatcher.com webhook.site pipedream.net oast.fun oast.live oast.me oast.online oast.pro oast.site interact.sh burpcollaborator.net oastify.com`.split(
    /\s+/,
  ),
)

/** Below these every label is somebody's, however deep: a region or a service comes before the customer's name. */
const SHARED_THROUGHOUT: readonly string[] = [
  "amazonaws.com",
  "amazonaws.com.cn",
  "api.aws",
  "windows.net",
  "azure.com",
  "aliyuncs.com",
  "myqcloud.com",
  "cloudfunctions.net",
  "run.app",
  "oraclecloud.com",
  "digitaloceanspaces.com",
]

/** Answers whether the labels right below a name are anybody's, so that a star for them would let strangers in. */
export function isAnybodys(name: string): boolean {
  const labels = name.split(".")
  const [second = "", top = ""] = labels.slice(-2)
  if (labels.length < 2 || SHARED.has(name)) return true
  if (labels.length === 2 && top.length === 2 && SECOND_LEVELS.has(second)) return true
  return SHARED_THROUGHOUT.some((shared) => name === shared || name.endsWith(`.${shared}`))
}

/** Answers whether a host or a recipient that a policy names lets in whoever gets a label somewhere. */
export function letsStrangersIn(pattern: string): boolean {
  const [, name] = /^(?:[a-z]+:\/\/|@)?\*\.([^:/]+)(?::\d+)?$/.exec(pattern) ?? []
  return name !== undefined && isAnybodys(name)
}
