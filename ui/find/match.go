package find

import (
	"bytes"
	"strings"

	"rentbell/core"
	"rentbell/ui/words"
)

// matcher tests payments against a search text. It allocates nothing for a
// payment, because a search may test a million: it folds all texts of the
// payment into one reused line and looks for each word in it.
type matcher struct {
	words   [][]byte // folded
	figures bool     // a word may be part of an amount
	digits  bool     // a word may be part of a receipt number
	line    []byte
	methods map[string]methodText // keyed by AppFolio's spelling

	lease, unit        phrase // the texts of rows around an id
	noName, noProperty string // the texts of rows without a name, folded
}

// phrase is the text around an id in a row, such as "Lease 20931". It is
// folded.
type phrase struct{ before, after string }

// idMark marks the id's place in a phrase.
const idMark = "\x00"

func newPhrase(said string) phrase {
	before, after, _ := strings.Cut(words.Folded(said), idMark)
	return phrase{before, after}
}

func (p phrase) append(line []byte, id string) []byte {
	line = words.AppendFolded(append(line, p.before...), id)
	return append(append(line, p.after...), betweenTexts)
}

// methodText is the name of a payment method.
type methodText struct {
	name  string
	lower string // folded
}

func newMatcher(search string) *matcher {
	m := &matcher{
		methods: map[string]methodText{}, lease: newPhrase(words.Say("Lease %s", idMark)), unit: newPhrase(words.Say("Unit %s", idMark)),
		noName: words.Folded(words.Say(words.NoName)), noProperty: words.Folded(words.Say(words.NoProperty)),
	}
	for word := range strings.FieldsSeq(words.Folded(search)) {
		m.words = append(m.words, []byte(word))
		m.digits = m.digits || strings.Trim(word, "0123456789") == ""
		m.figures = m.figures || strings.Trim(word, "0123456789.,$-") == ""
	}
	return m
}

// matches reports whether every word of the search occurs in the payment's
// texts or in its receipt number.
func (m *matcher) matches(p *core.Payment, receipt string) bool {
	if len(m.words) == 0 {
		return true
	}
	m.line = m.line[:0]
	for _, text := range [...]string{p.Tenant, p.Lease, p.Property, p.Unit, p.Memo, p.Reference} {
		m.line = append(words.AppendFolded(m.line, text), betweenTexts)
	}
	m.line = append(append(m.line, receipt...), betweenTexts)
	m.line = m.lease.append(m.line, p.Lease)
	if p.Unit != "" {
		m.line = m.unit.append(m.line, p.Unit)
	}
	if p.Tenant == "" {
		m.line = append(append(m.line, m.noName...), betweenTexts)
	}
	if p.Property == "" {
		m.line = append(append(m.line, m.noProperty...), betweenTexts)
	}
	m.line = append(append(m.line, m.method(p.Method).lower...), betweenTexts)
	m.line = m.appendAmount(p)
	for _, word := range m.words {
		if !bytes.Contains(m.line, word) {
			return false
		}
	}
	return true
}

// betweenTexts separates texts in a line. No word contains it, so no word
// matches across two texts.
const betweenTexts = '\n'

// method returns the name of a payment method.
func (m *matcher) method(raw string) methodText {
	text, known := m.methods[raw]
	if !known {
		name := words.MethodName(raw)
		text = methodText{name, words.Folded(name)}
		m.methods[strings.Clone(raw)] = text // raw shares memory with its whole batch
	}
	return text
}

// names returns the names of all methods so far.
func (m *matcher) names() []string {
	var names []string
	for _, text := range m.methods {
		names = append(names, text.name)
	}
	return names
}

// appendAmount adds the spellings of an amount: "-1450.00", "-$1450.00" and
// "-$1,450.00".
func (m *matcher) appendAmount(p *core.Payment) []byte {
	line := m.line
	if !p.AmountKnown {
		return words.AppendFolded(line, words.AmountOf(*p))
	}
	if !m.figures {
		return line
	}
	start := len(line)
	line = p.Amount.AppendDecimal(line)
	end := len(line)
	sign, digits := start, start
	if line[start] == '-' {
		digits++
	}
	point := end - len(".00")
	line = append(append(line, betweenTexts), line[sign:digits]...)
	line = append(append(append(line, '$'), line[digits:end]...), betweenTexts)
	line = append(append(line, line[sign:digits]...), '$')
	for i := digits; i < end; i++ {
		if i > digits && i < point && (point-i)%3 == 0 {
			line = append(line, ',')
		}
		line = append(line, line[i])
	}
	return line
}
