package kit

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
)

// Banner is a message across a page. The red one says that Rentbell has stopped
// receiving or keeping deliveries; any other problem goes to Needs attention.
// The calmer one, a notice, reports a problem that is over.
type Banner struct {
	Compound

	title, text *Prose
	words       *fyne.Container // holds title and text
	buttons     *fyne.Container
	actions     []BannerAction // of the buttons
}

// BannerAction is a button of a banner.
type BannerAction struct {
	Text  string
	Icon  fyne.Resource // may be nil
	OnTap func()
}

// NewBanner returns a red banner. It is hidden until Set.
func NewBanner() *Banner {
	return newBanner(NewBox(ColorErrTint, ColorErr, CardRadius), NewIcon(assets.Offline, ColorErr, 24))
}

// NewNotice returns a calm banner. It is hidden until Set.
func NewNotice() *Banner {
	return newBanner(NewBox(ColorTint, ColorBorder, CardRadius), NewIcon(assets.Clock, ColorPrimary, 24))
}

func newBanner(ground, mark fyne.CanvasObject) *Banner {
	b := &Banner{title: NewProse("", Strong), text: NewProse("", Body), buttons: HStack(12)}
	b.words = VStack(0, b.title, b.text)
	icon := container.NewStack(NewBox(ColorSurface, "", 8), mark)
	row := &fyne.Container{Layout: &bannerLayout{of: b}, Objects: []fyne.CanvasObject{Sized(bannerIcon, bannerIcon, icon), b.words, b.buttons}}
	b.Init(b, container.NewStack(ground, Inset(0, 15, 0, 15, row)))
	b.Hide()
	return b
}

const (
	bannerIcon   = 40
	bannerGap    = 12
	bannerHeight = 66 // the least height
)

// bannerLayout puts the buttons beside the words. Where the words would then
// wrap to more than two lines, the buttons go below them.
type bannerLayout struct {
	of    *Banner
	width float32 // width of the last layout; MinSize needs it to know the height
}

func (l *bannerLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	words, buttons, below := l.fit()
	high := max(words.Height, buttons.Height)
	if below {
		high = words.Height + Dp(bannerGap) + buttons.Height
	}
	return fyne.NewSize(0, max(Dp(bannerHeight), high+2*Dp(bannerGap)))
}

func (l *bannerLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	words, buttons, below := l.fit()
	icon, left := objects[0].MinSize(), Dp(bannerIcon+bannerGap)
	objects[0].Resize(icon)
	l.of.words.Resize(words)
	l.of.buttons.Resize(buttons)
	if below {
		objects[0].Move(fyne.NewPos(0, Dp(bannerGap)))
		l.of.words.Move(fyne.NewPos(left, Dp(bannerGap)))
		l.of.buttons.Move(fyne.NewPos(left, size.Height-Dp(bannerGap)-buttons.Height))
		return
	}
	objects[0].Move(fyne.NewPos(0, (size.Height-icon.Height)/2))
	l.of.words.Move(fyne.NewPos(left, (size.Height-words.Height)/2))
	l.of.buttons.Move(fyne.NewPos(float32(math.Floor(float64(size.Width-buttons.Width))), (size.Height-buttons.Height)/2))
}

// fit resizes the words for the present width. It returns the sizes of words
// and buttons, and whether the buttons go below.
func (l *bannerLayout) fit() (words, buttons fyne.Size, below bool) {
	b := l.of
	room := max(0, l.width-Dp(bannerIcon+bannerGap))
	buttons = b.buttons.MinSize()
	if buttons.Width > 0 {
		beside := max(0, room-Dp(bannerGap)-buttons.Width)
		lines := wrapLines(b.text.text, beside, b.text.style.measure)
		if below = b.title.style.measure(b.title.text).Width > beside || len(lines) > 2; !below {
			room = beside
		}
	}
	b.words.Resize(fyne.NewSize(room, b.words.Size().Height))
	return fyne.NewSize(room, b.words.MinSize().Height), buttons, below
}

// Set fills the banner and shows it. The title says what is wrong, the text
// gives cause and remedy. At most two actions fit; the last is drawn as the
// primary button. Where only a number of the text differs, as in a countdown, only
// the text is drawn anew. It reports whether the banner needs another height or was
// not shown before, so that what is around it has to move.
func (b *Banner) Set(title, text string, actions ...BannerAction) (moves bool) {
	before, shown := b.MinSize().Height, b.Visible()
	b.title.Set(title)
	b.text.Set(text)
	b.setActions(actions)
	b.Relayout()
	b.Show()
	return !shown || b.MinSize().Height != before
}

func (b *Banner) setActions(actions []BannerAction) {
	same := slices.EqualFunc(b.actions, actions, func(a, b BannerAction) bool { return a.Text == b.Text && a.Icon == b.Icon })
	b.actions = actions
	if same {
		return
	}
	b.buttons.RemoveAll()
	for i, a := range actions {
		button := NewButton(a.Text, a.Icon, func() { b.actions[i].OnTap() })
		if i == len(actions)-1 {
			button.Primary()
		}
		b.buttons.Add(button)
	}
}

// Clear hides the banner.
func (b *Banner) Clear() { b.Hide() }

// NewNote returns an amber message for use inside a pane or card: a bold title
// and what to do.
func NewNote(title, text string) *fyne.Container {
	words := VStack(2, NewProse(title, Strong.In(ColorWarn)), NewProse(text, Style{Size: Caption.Size}))
	icon := VStack(0, NewIcon(assets.Alert, ColorWarn, 20))
	row := &fyne.Container{Layout: factLayout{30}, Objects: []fyne.CanvasObject{Inset(0, 10, 0, 0, icon), words}}
	return container.NewStack(NewBox(ColorWarnTint, "", 8), Inset(10, 12, 10, 12, row))
}
