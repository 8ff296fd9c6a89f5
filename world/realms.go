package world

import (
	"regexp"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/world/english"
)

// Words of tools that work on a screen: what is done there, what it is done to,
// the parameters that say where, and what drives a screen from outside.
var (
	gestures = wordSet("click hover drag scroll navigate screenshot evaluate type press fill tap swipe goto snapshot drop keypress")
	screens  = wordSet("browser page webpage screen desktop mouse keyboard cursor element tab tabs dom viewport window")
	spots    = wordSet("selector xpath css_selector element_ref start_selector source_selector target_selector locator start_ref end_ref")
	drivers  = wordSet("playwright puppeteer selenium browser webdriver")
)

// onScreen says whether the tool handles what is on a screen.
func (o *op) onScreen() bool {
	if o.hasID() {
		return false
	}
	head := words.Split(english.FirstWords(o.tool.Description, 12))
	seen := has(o.words, screens) || has(head, screens)
	if o.given(spots) || has(words.Split(o.tool.Name), drivers) {
		return seen
	}
	return seen && (gestures[o.verb] || len(o.words) > 0 && (gestures[o.words[0]] || has(o.words, wordSet("screenshot screenshots")) || o.words[0] == "mouse"))
}

// Words of tools that run what they are given, the parameters it comes in, and
// the languages of queries.
var (
	runs     = wordSet("run execute exec eval evaluate compile interpret invoke repl")
	programs = wordSet(`code script command commands cmd program python_code javascript js_code shell_command sql sql_query cypher
		cypher_query statement snippet function_code expression source`)
	tongues = wordSet("sql cypher graphql kql aql logql promql soql nrql gaql odata dax sparql mql")
)

// runsCode says whether the tool runs a program or a query.
func (o *op) runsCode() bool {
	if o.given(wordSet("sql sql_query cypher_query shell_command python_code")) {
		return true
	}
	if has(o.words, runs) && o.given(programs) {
		return true
	}
	told := words.Split(english.FirstWords(o.tool.Description, 12))
	return has(append(told, o.words...), tongues) && o.given(wordSet("query statement expression request"))
}

// addresses are the parameters that hold an address on the web.
var addresses = wordSet(`url urls link website webpage site_url page_url image_url video_url file_url website_url web_url target_url
	media_url img_url source_url pdf_url audio_url document_url`)

// fetching are the words of what is done to what stands at an address.
var fetching = wordSet("fetch scrape crawl download extract analyze analyse detect detection generate gen save convert transcribe transcript summarize http")

var request = regexp.MustCompile(`(?i)\bHTTP [a-z]* ?requests?\b`)

// fetches says whether the tool's answer is what stands at an address that the
// caller chooses. An address that other tools show by the same name, not just
// as any url, is the key of a row.
func (o *op) fetches() bool {
	if !o.given(addresses) || o.given(o.keys) {
		return false
	}
	return !writes(o.kind) || has(o.words, fetching) || request.MatchString(o.tool.Description)
}

// Words of tools whose answer a model makes, the parameters that say what is
// wanted, and what descriptions call such a model.
var (
	makes   = wordSet("generate generation generations create make draw imagine chat complete completion completions ask write compose edit image text answer converse prompt inference predict")
	prompts = wordSet("prompt prompts user_prompt text_prompt text_prompts")
	asks    = wordSet("messages instruction instructions question query text input")
	models  = []string{"using ai", "ai-powered", "ai powered", "language model", " llm", "gpt", "stable diffusion", "generative", "an ai ", "ai model", "ai assistant",
		"text-to-", "text to image", "text to speech", "image generation", "video generation", "pre-trained model"}
)

// asksModel says whether a model makes the answer.
func (o *op) asksModel() bool {
	if o.hasOwnID() || !has(o.words, makes) {
		return false
	}
	return o.given(prompts) || o.says(models...) && (o.given(asks) || o.verb == "generate" || o.verb == "imagine")
}

// Words of tools that make something else of the content they are given, and
// the parameters that hold it.
var (
	changes = wordSet(`translate translation translator translates summarize summarise summary summarization summarizer rewrite paraphrase
		convert conversion converter converts encode encoder encodes decode decoder decodes format formatter parse parser parses
		extract extraction extracts extractor analyze analyse analysis analyzer analyzes detect detection detects classify classification classifier classifies
		tokenize compress resize crop merge validate validation validator check checker render renders minify beautify transcribe transcription transcribes
		synthesize synthesis tts ocr recognize recognition recognizes hash md5 encrypt decrypt count sentiment similarity spellcheck
		correct correction proofread stem lemmatize transliterate diff compare comparison score rank cluster embed embedding embeddings sort filter reverse
		transform transforms plot chart visualize generate generates generator moderate moderation remove enhance upscale blur watermark split clean normalize
		strip replace escape unescape statistics deviation variance average median mean round sum min max segmentation iconset qr ner pos profanity`)
	contents = wordSet(`text texts content contents html markdown image images image_base64 base64 base64_image image_data xml json json_data csv csv_data yaml
		document audio video pdf sentence sentences paragraph string input inputs input_text input_string input_data source_text raw raw_text plain_text body_text
		data dataset numbers values array list file_content file_data text1 text2 string1 string2 word_list code source_code diagram latex formula svg phrase
		passage article_text file files file_content`)
)

// Words that begin the description of such a tool whatever its name, and what
// it is then about.
var (
	turns = wordSet("translate summarize summarise paraphrase convert encode decode parse extract analyze analyse detect classify tokenize resize transcribe synthesize recognize transliterate generate render blur moderate identify")
	media = wordSet("text texts image images picture photo photos audio video speech sentence sentences html json xml pdf csv markdown string barcode handwriting faces face objects phrase")
)

// transforms says whether the tool makes something else of what it is given.
func (o *op) transforms() bool {
	if o.hasID() || writes(o.kind) && o.kind != scaler.Event && o.tool.Method == "" && o.verb != "generate" {
		return false
	}
	return has(o.words, changes) && o.given(contents) || o.turns()
}

// turns says whether the description begins with a word of changing content, of
// which the tool keeps none.
func (o *op) turns() bool {
	if o.tool.Method != "" && o.tool.Method != "POST" || o.kind == scaler.Create && o.answersID() {
		return false
	}
	told := words.Split(english.FirstWords(o.tool.Description, 14))
	for i, w := range told {
		if i < 4 && (turns[w] || turns[words.Singular(w)]) {
			return has(told[i:], media)
		}
	}
	return false
}

// blank says whether the tool computes from nothing.
func (o *op) blank() bool { return o.kind == scaler.Compute && len(o.params) == 0 }

// computesUnknown says whether the tool computes what nobody here can.
func (o *op) computesUnknown() bool { return o.kind == scaler.Compute }
