package kit

import (
	"fyne.io/fyne/v2"

	"rentbell/assets"
)

// Stat is a card with one figure and a caption. Pressing it opens the page
// behind the figure.
type Stat struct {
	Press

	label, figure, caption *Text
	mark, icon             *Icon
}

// StatValue is the content of a Stat.
type StatValue struct {
	Label   string
	Figure  string
	Caption string
	Tone    Tone
}

// Tone is the colour of a stat's caption.
type Tone int

// The tones: grey, green with an arrow up, amber.
const (
	Calm Tone = iota
	Ahead
	Late
)

// NewStat returns an empty card.
func NewStat(icon fyne.Resource, onTapped func()) *Stat {
	s := &Stat{
		label:   NewText("", Muted).Tight(),
		figure:  NewText("", Figure).Tight(),
		caption: NewText("", Caption).Tight(),
		mark:    NewIcon(assets.ArrowUp, ColorOk, 12),
		icon:    NewIcon(icon, ColorText2, 20),
	}
	s.mark.Hide()
	words := VStack(2, Spread(8, s.label, s.icon), s.figure, Lead(3, s.mark, s.caption))
	card := NewBareCard(Sized(0, 106, Inset(13, CardPad, 0, CardPad, words)))
	s.init(s, "", card, onTapped)
	s.radius = CardRadius
	return s
}

// Set shows a value.
func (s *Stat) Set(v StatValue) {
	s.Press.label = v.Label + ": " + v.Figure + ", " + v.Caption
	s.label.Set(v.Label)
	s.figure.Set(v.Figure)
	ink := map[Tone]fyne.ThemeColorName{Calm: ColorText2, Ahead: ColorOk, Late: ColorWarn}[v.Tone]
	s.caption.SetStyled(v.Caption, Caption.In(ink))
	s.mark.Hidden = v.Tone != Ahead
	s.content.Refresh()
}

// Wide returns the width that the card needs to show all its text.
func (s *Stat) Wide() float32 {
	width := func(t *Text) float32 { return t.style.measure(t.text).Width }
	label, caption := width(s.label), width(s.caption)
	if s.icon.Visible() {
		label += Dp(8) + s.icon.MinSize().Width
	}
	if s.mark.Visible() {
		caption += Dp(3) + s.mark.MinSize().Width
	}
	return max(label, width(s.figure), caption) + 2*Dp(CardPad+1)
}

// ShowIcon shows or hides the icon. A narrow window has no room for it.
func (s *Stat) ShowIcon(shown bool) {
	s.icon.Hidden = !shown
	s.content.Refresh()
}
