package sandbox

import (
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// printer words the validator's errors in English.
var printer = message.NewPrinter(language.English)
