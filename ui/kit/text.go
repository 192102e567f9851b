package kit

import (
	"image/color"
	"sort"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Style is how text looks. The zero Style is body text.
type Style struct {
	Size   fyne.ThemeSizeName  // zero: 14
	Color  fyne.ThemeColorName // zero: text
	Bold   bool
	Italic bool // for data that Rentbell does not have
	Mono   bool
	Align  fyne.TextAlign
}

// The styles of the design. They must not be written to.
var (
	Body     = Style{}
	Strong   = Style{Bold: true}
	Muted    = Style{Color: ColorText2}
	Unknown  = Style{Italic: true}
	Caption  = Style{Size: theme.SizeNameCaptionText, Color: ColorText2}
	Title    = Style{Size: theme.SizeNameSubHeadingText, Bold: true} // title of a card or section
	Heading  = Style{Size: theme.SizeNameHeadingText, Bold: true}    // title of a page, dialog or pane
	Figure   = Style{Size: SizeFigure, Bold: true}                   // amounts and counts only
	LinkText = Style{Color: ColorPrimary, Bold: true}
)

// In returns the style in another colour.
func (s Style) In(name fyne.ThemeColorName) Style { s.Color = name; return s }

// Right returns the style, aligned to the right.
func (s Style) Right() Style { s.Align = fyne.TextAlignTrailing; return s }

// Centered returns the style, centred.
func (s Style) Centered() Style { s.Align = fyne.TextAlignCenter; return s }

func (s Style) textSize() float32 {
	if s.Size == "" {
		return theme.Size(theme.SizeNameText)
	}
	return theme.Size(s.Size)
}

func (s Style) color() color.Color {
	if s.Color == "" {
		return theme.Color(ColorText)
	}
	return theme.Color(s.Color)
}

func (s Style) fyneStyle() fyne.TextStyle {
	return fyne.TextStyle{Bold: s.Bold, Italic: s.Italic, Monospace: s.Mono}
}

func (s Style) measure(text string) fyne.Size {
	return fyne.MeasureText(text, s.textSize(), s.fyneStyle())
}

// Text is one line. It ends in "…" if it has less room than it needs. The text
// goes through Plain and is never parsed as markup.
type Text struct {
	widget.BaseWidget

	text  string
	style Style
	tight bool
}

// NewText returns a line of text.
func NewText(text string, style Style) *Text {
	t := &Text{text: Plain(text), style: style}
	t.ExtendBaseWidget(t)
	return t
}

// Tight makes t ask for no width and returns t. Use it where the text has to
// share a line.
func (t *Text) Tight() *Text {
	t.tight = true
	return t
}

// Text returns the whole line, including what does not fit on screen.
func (t *Text) Text() string { return t.text }

// Set changes the text and keeps the style.
func (t *Text) Set(text string) { t.SetStyled(text, t.style) }

// SetStyled changes text and style. It redraws only if one of them differs.
func (t *Text) SetStyled(text string, style Style) {
	text = Plain(text)
	if t.text == text && t.style == style {
		return
	}
	t.text, t.style = text, style
	t.Refresh()
}

// AccessibilityLabel returns the text.
func (t *Text) AccessibilityLabel() string { return t.text }

// AccessibilityRole returns that of text.
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	r := &textRenderer{text: t, line: &canvas.Text{}}
	r.fill()
	return r
}

type textRenderer struct {
	text *Text
	line *canvas.Text

	measured measurement // cached, because layouts ask for it often
	min      fyne.Size
}

// measurement is all that the size of a line depends on.
type measurement struct {
	text  string
	style Style
	size  float32
}

func (r *textRenderer) MinSize() fyne.Size {
	now := measurement{r.text.text, r.text.style, r.text.style.textSize()}
	if r.measured != now {
		r.measured, r.min = now, r.text.style.measure(r.text.text)
	}
	if r.text.tight {
		return fyne.NewSize(0, r.min.Height)
	}
	return r.min
}

// cut returns as much of the text as fits a width.
func (r *textRenderer) cut(width float32) string {
	if r.MinSize(); r.min.Width <= width+widthSlack {
		return r.text.text
	}
	return ellipsize(r.text.text, width, r.text.style.measure)
}

func (r *textRenderer) Layout(size fyne.Size) {
	if cut := r.cut(size.Width); cut != r.line.Text {
		r.line.Text = cut
		r.line.Refresh()
	}
	r.line.Resize(size)
}

func (r *textRenderer) fill() {
	s := r.text.style
	r.line.Text = r.cut(r.text.Size().Width)
	r.line.Color, r.line.TextSize, r.line.TextStyle, r.line.Alignment = s.color(), s.textSize(), s.fyneStyle(), s.Align
}

func (r *textRenderer) Refresh() {
	r.fill()
	r.line.Refresh()
}

func (r *textRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.line} }
func (r *textRenderer) Destroy()                     {}

// widthSlack is the rounding error that is accepted when text is compared to
// its own width.
const widthSlack = 0.5

// ellipsize cuts text to a width. A text that was cut ends in "…". A hidden
// secret loses dots at its beginning instead, because its end is what users
// recognise.
func ellipsize(text string, width float32, measure func(string) fyne.Size) string {
	fits := func() bool { return measure(text).Width <= width+widthSlack }
	if width <= 0 || text == "" || fits() {
		return text
	}
	for strings.HasPrefix(text, "••") {
		if text = strings.TrimPrefix(text, "•"); fits() {
			return text
		}
	}
	runes := []rune(text)
	cut := func(n int) string { return strings.TrimRight(string(runes[:n]), " ,.") + "…" }
	n := sort.Search(len(runes), func(n int) bool { return measure(cut(n)).Width > width })
	return cut(max(n-1, 0))
}

// NewTwoLines returns a cell of a list with a line and a caption below it. An
// empty caption takes no room. A text that does not fit ends in "…".
func NewTwoLines(style Style) (first, second *Text, cell *fyne.Container) {
	first, second = NewText("", style).Tight(), NewText("", Caption).Tight()
	return first, second, &fyne.Container{Layout: twoLines{second, &vstack{gap: -1}}, Objects: []fyne.CanvasObject{first, second}}
}

type twoLines struct {
	caption *Text
	*vstack
}

func (l twoLines) MinSize(lines []fyne.CanvasObject) fyne.Size {
	if l.caption.text == "" {
		lines = lines[:1]
	}
	return l.vstack.MinSize(lines)
}
