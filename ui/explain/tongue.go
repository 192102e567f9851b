package explain

import "fmt"

// Tongue puts an English sentence into the language of whoever reads it. The
// sentence is its own key; its verbs are those of package fmt, and a translation
// may name them by number, %[2]s, to change their order.
type Tongue func(english string, args ...any) string

// English leaves it as it is: rentbelld speaks English wherever it runs.
var English Tongue = func(english string, args ...any) string {
	if len(args) == 0 {
		return english
	}
	return fmt.Sprintf(english, args...)
}
