package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Prose is text that wraps at words. Its height depends on its width, so a
// layout has to set the width before it asks for MinSize, as VStack does. The
// text is never parsed as markup; invisible characters are removed.
type Prose struct {
	widget.BaseWidget

	text  string
	style Style
	most  int // lines; 0: as many as it takes
}

// NewProse returns wrapped text. It keeps the line breaks of text.
func NewProse(text string, style Style) *Prose {
	p := &Prose{text: plainLines(text), style: style}
	p.ExtendBaseWidget(p)
	return p
}

// AtMost limits p to a number of lines, of which the last one ends in "…" if the text
// has more, and returns p.
func (p *Prose) AtMost(lines int) *Prose {
	p.most = lines
	return p
}

// Text returns the whole text.
func (p *Prose) Text() string { return p.text }

// Set changes the text and keeps the style.
func (p *Prose) Set(text string) { p.SetStyled(text, p.style) }

// SetStyled changes text and style. It redraws only if one of them differs.
func (p *Prose) SetStyled(text string, style Style) {
	text = plainLines(text)
	if p.text == text && p.style == style {
		return
	}
	p.text, p.style = text, style
	p.Refresh()
}

// AccessibilityLabel returns the text.
func (p *Prose) AccessibilityLabel() string { return p.text }

// AccessibilityRole returns that of text.
func (p *Prose) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (p *Prose) CreateRenderer() fyne.WidgetRenderer {
	r := &proseRenderer{prose: p}
	r.wrap(p.Size().Width)
	return r
}

type proseRenderer struct {
	prose *Prose
	lines []fyne.CanvasObject

	wrapped measurement
	most    int
	width   float32
	texts   []string
}

func (r *proseRenderer) MinSize() fyne.Size {
	return fyne.NewSize(0, r.lineHeight()*float32(len(r.lines)))
}

func (r *proseRenderer) Layout(size fyne.Size) {
	r.wrap(size.Width)
	for i, line := range r.lines {
		Place(line, 0, r.lineHeight()*float32(i), size.Width, r.lineHeight())
	}
}

func (r *proseRenderer) Refresh() {
	r.Layout(r.prose.Size())
	canvas.Refresh(r.prose)
}

func (r *proseRenderer) lineHeight() float32 { return r.prose.style.measure("M").Height }

func (r *proseRenderer) wrap(width float32) {
	s := r.prose.style
	if now := (measurement{r.prose.text, s, s.textSize()}); r.wrapped != now || r.most != r.prose.most || r.width != width || r.texts == nil {
		r.wrapped, r.most, r.width, r.texts = now, r.prose.most, width, wrapLines(r.prose.text, width, s.measure)
		if most := r.most; most > 0 && len(r.texts) > most {
			rest := strings.Join(r.texts[most-1:], " ")
			r.texts = append(r.texts[:most-1], ellipsize(rest, width, s.measure))
		}
	}
	for len(r.lines) < len(r.texts) {
		r.lines = append(r.lines, &canvas.Text{})
	}
	r.lines = r.lines[:len(r.texts)]
	for i, text := range r.texts {
		line := r.lines[i].(*canvas.Text) // wrap is the only writer of lines
		line.Text, line.Color, line.TextSize = text, s.color(), s.textSize()
		line.TextStyle, line.Alignment = s.fyneStyle(), s.Align
		line.Refresh()
	}
}

func (r *proseRenderer) Objects() []fyne.CanvasObject { return r.lines }
func (r *proseRenderer) Destroy()                     {}

// wrapLines breaks text at its line breaks and, to fit width, at spaces. A word
// that is longer than a line is broken within.
func wrapLines(text string, width float32, measure func(string) fyne.Size) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		if width <= 0 {
			lines = append(lines, paragraph)
			continue
		}
		lines = append(lines, wrapParagraph(paragraph, width, measure)...)
	}
	return lines
}

func wrapParagraph(text string, width float32, measure func(string) fyne.Size) []string {
	fits := func(s string) bool { return measure(s).Width <= width+widthSlack }
	indent := text[:len(text)-len(strings.TrimLeft(text, " "))] // raw data keeps its indentation
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		next := indent + word
		if line != "" {
			next = line + " " + word
		}
		if fits(next) {
			line = next
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		line = indent + word
		for !fits(line) && len([]rune(line)) > 1 {
			head := []rune(line)
			for len(head) > 1 && !fits(string(head)) {
				head = head[:len(head)-1]
			}
			lines = append(lines, string(head))
			line = string([]rune(line)[len(head):])
		}
	}
	return append(lines, line)
}
