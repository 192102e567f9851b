package appfolio

// names are the members Rentbell reads, of a delivery and of its data. The
// last two lines are no part of the contract: where AppFolio sends them, rows
// become readable.
var names = [...]string{
	"id", "type", "created_at", "data",
	"tenant_id", "property_id", "email",
	"work_order_id", "status", "assigned_vendor",
	"lease_id", "amount_cents", "payment_method",
	"move_in_date", "term_months", "unit_id", "vacate_date",
	"tenant_name", "property_name", "unit_name",
	"description", "reference", "title", "priority",
}

func indexOf(name string) int {
	for i := range names {
		if names[i] == name {
			return i
		}
	}
	return -1
}

// object holds the raw values of an object's known members. Encoding/json
// would match names in any case and read every body twice, so the package
// walks it itself; of a name that comes twice the last counts, as in
// JSON.parse.
type object struct {
	values [len(names)][]byte
}

// member is the raw value under a known name; nil when there is none.
func (o *object) member(name string) []byte { return o.values[indexOf(name)] }

// read fills o from text, one object without space around it, which IsJSON has
// seen.
func (o *object) read(text []byte) {
	for name, value := range Members(text) {
		if i := indexOf(string(name)); i >= 0 { // on the stack: an ordinary name costs no allocation
			o.values[i] = value
		}
	}
}

func skipSpace(text []byte, at int) int {
	for at < len(text) && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r') {
		at++
	}
	return at
}

// skipValue returns the index after the value that starts at at.
func skipValue(text []byte, at int) int {
	switch text[at] {
	case '"':
		return skipString(text, at)
	case '{', '[':
		return skipNested(text, at)
	}
	for at < len(text) {
		switch text[at] {
		case ',', '}', ']', ' ', '\t', '\n', '\r':
			return at
		}
		at++
	}
	return at
}

func skipString(text []byte, at int) int {
	for at++; text[at] != '"'; at++ {
		if text[at] == '\\' {
			at++
		}
	}
	return at + 1
}

func skipNested(text []byte, at int) int {
	for depth := 0; ; {
		switch text[at] {
		case '"':
			at = skipString(text, at)
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		at++
		if depth == 0 {
			return at
		}
	}
}
