package spec

import "strconv"

// catalogue returns the tools of a list of servers, each with tools of its own:
// {"tools": {"server": {"server_name": ..., "tools": [...]}}} as LiveMCPBench
// writes them, or {"name": ..., "tools": [...]}.
func catalogue(root any) []toolList {
	entries, ok := root.([]any)
	if !ok {
		return nil
	}
	var lists []toolList
	for i, v := range entries {
		entry, _ := v.(*object)
		at := pointer("", strconv.Itoa(i), "tools")
		if list := entry.list("tools"); list != nil && entry.has("name") {
			lists = append(lists, toolList{at, list, entry})
		}
		for name, v := range entry.object("tools").all() {
			server, _ := v.(*object)
			if list := server.list("tools"); list != nil {
				if !server.has("server_name") {
					server = obj("server_name", name, "version", server.get("version"))
				}
				lists = append(lists, toolList{pointer(at, name, "tools"), list, server})
			}
		}
	}
	return lists
}

// isCrawl says whether a document is one server as a crawler found it, once on a
// registry's page and once by asking the server (Toucan's dump of Smithery).
func isCrawl(root any) bool {
	o, _ := root.(*object)
	meta := o.object("metadata")
	return meta.object("server_info_crawled") != nil || meta.object("remote_server_response") != nil
}

// readCrawl takes the list the server gave where there is one; the page's list is
// then a copy, often a damaged one, and each of its tools is turned away as that.
func readCrawl(d *Document) []Service {
	meta := d.Root.(*object).object("metadata")
	page := meta.object("server_info_crawled")
	live := meta.object("remote_server_response").list("tools")
	server := obj("server_name", meta.first("server_name"))
	if meta.string("server_name") == "" {
		server = page
	}
	scraped := toolList{"/metadata/server_info_crawled/tools", page.list("tools"), server}
	if len(live) == 0 {
		return readCalls(d, []toolList{scraped}, scrapedCall)
	}
	services := readCalls(d, []toolList{{"/metadata/remote_server_response/tools", live, server}}, mcpCall)
	for i, v := range scraped.items {
		t, _ := v.(*object)
		copied := rejected(d.Place, pointer(scraped.at, strconv.Itoa(i)), t.string("name"), "scraped-copy", "the server's own list is read")
		services[0].Items = append(services[0].Items, copied)
	}
	return services
}

func scrapedCall(t *object) call {
	c := mcpCall(t)
	if list, ok := c.parameters.([]any); ok {
		list = unscraped(list, c.name, c.description)
		if len(list) == 0 {
			list = docParameters(c.description)
		}
		c.parameters = list
	}
	return c
}
