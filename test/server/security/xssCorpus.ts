/**
 * Texts that become markup, script or an htmx order wherever a page forgets to escape them. Each calls
 * `xssRan()` or makes an element or attribute that names `xss`, so that a browser test can look for both.
 */

/** Put into every text field, and looked for wherever the text is shown again. */
export const xssCorpus: readonly string[] = [
  // markup in text
  '<script>xssRan()</script>',
  '</script><script>xssRan()</script>',
  '<ScRiPt>xssRan()</sCrIpT>',
  '<script/xss src=data:,xssRan()></script>',
  '<scr<script>ipt>xssRan()</scr</script>ipt>',
  '<img src=x id=xss onerror=xssRan()>',
  '<img/src=x/id=xss/onerror=xssRan()//',
  '<svg id=xss onload=xssRan()>',
  '<svg><animate id=xss onbegin=xssRan() attributeName=x dur=1s>',
  '<svg><script id=xss>xssRan()</script></svg>',
  '<svg><a id=xss xlink:href="javascript:xssRan()"><text y=20>x</text></a></svg>',
  '<math><mtext><table><mglyph><style><img id=xss src=x onerror=xssRan()>',
  '<details id=xss open ontoggle=xssRan()>',
  '<video id=xss><source onerror=xssRan()></video>',
  '<audio id=xss src=x onerror=xssRan()>',
  '<iframe id=xss srcdoc="<script>parent.xssRan()</script>"></iframe>',
  '<iframe id=xss src="javascript:parent.xssRan()"></iframe>',
  '<object id=xss data="javascript:xssRan()"></object>',
  '<embed id=xss src="javascript:xssRan()">',
  '<form id=xss action="javascript:xssRan()"><button>x</button></form>',
  '<base id=xss href="https://xss.invalid/">',
  '<link id=xss rel=stylesheet href="https://xss.invalid/x.css">',
  '<meta id=xss http-equiv=refresh content="0;url=https://xss.invalid/">',
  '<style id=xss>@import "https://xss.invalid/x.css";</style>',
  '<a id=xss href="javascript:xssRan()">x</a>',
  '<a id=xss href="java\tscript:xssRan()">x</a>',
  '<template id=xss shadowrootmode=open><script>xssRan()</script></template>',
  '<input id=xss autofocus onfocus=xssRan()>',
  '<body id=xss onpageshow=xssRan()>',
  '<marquee id=xss onstart=xssRan()>x</marquee>',
  // out of an element that holds raw text
  '</title><script>xssRan()</script>',
  '</textarea><script>xssRan()</script>',
  '</style><script>xssRan()</script>',
  '</noscript><script>xssRan()</script>',
  '--><script>xssRan()</script>',
  ']]><script>xssRan()</script>',
  '<!--><img id=xss src=x onerror=xssRan()>',
  // out of an attribute
  '"><img id=xss src=x onerror=xssRan()>',
  "'><img id=xss src=x onerror=xssRan()>",
  '" autofocus onfocus=xssRan() data-xss="',
  "' autofocus onfocus=xssRan() data-xss='",
  '` onfocus=xssRan() data-xss=`',
  ' onfocus=xssRan() autofocus data-xss=1 ',
  '" style="background:url(https://xss.invalid/)" data-xss="',
  'javascript:xssRan()',
  'data:text/html,<script>xssRan()</script>',
  // out of a script, JSON or a template
  "';xssRan();//",
  '";xssRan();//',
  '\\";xssRan();//',
  '\u0024{xssRan()}',
  '{{constructor.constructor("xssRan()")()}}',
  '<%= xssRan() %>',
  '<%- xssRan() %>',
  '"}</script><script>xssRan()</script>',
  '\u2028xssRan()//',
  // orders to htmx
  '<div id=xss hx-get="/account" hx-trigger="load"></div>',
  '<div id=xss hx-post="/sign-out" hx-trigger="load"></div>',
  '<div id=xss hx-on:load="xssRan()"></div>',
  '<div id=xss data-hx-get="/account" hx-trigger="load"></div>',
  '" hx-get="/account" hx-trigger="load" data-xss="',
  '" hx-on:focus="xssRan()" autofocus data-xss="',
  '<div id=xss hx-vals="js:{x: xssRan()}" hx-get="/" hx-trigger="load"></div>',
  // already escaped, half escaped, wide: shown as they were typed
  '&lt;script&gt;xssRan()&lt;/script&gt;',
  '&#60;img id=xss src=x onerror=xssRan()&#62;',
  '%3Cscript%3ExssRan()%3C/script%3E',
  '＜script＞xssRan()＜/script＞',
  '+ADw-script+AD4-xssRan()+ADw-/script+AD4-',
];

/** Local parts that a lenient form takes as an e-mail: each would be a whole address with `@example.org`. */
export const xssEmails: readonly string[] = [
  '"><svg/id=xss/onload=xssRan()>@example.org',
  '<script>xssRan()</script>@example.org',
  "'onfocus=xssRan()autofocus/data-xss='@example.org",
  'a"hx-get="/account"hx-trigger="load"data-xss="@example.org',
  'a&lt;b&gt;@example.org',
  'a@example.org"><img/id=xss/src=x/onerror=xssRan()>',
  '\u0024{xssRan()}@example.org',
  "o'neil+tag@example.org",
];
