package settings

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// The ways to be reached, as the select names them.
func throughNgrok() string  { return words.Say("Through ngrok") }
func throughManual() string { return words.Say("Through a tunnel of my own") }

// addressActions is what the address card can ask for.
type addressActions struct {
	change        changer
	changeSecrets func(edit func(*core.Secrets), done func(error))
	copy          func(text string)
	ask           func(frame.Question)
}

// addressCard holds what opens the address: through ngrok, or through something
// the user runs.
type addressCard struct {
	object *fyne.Container
	do     addressActions

	door          *kit.Select
	doorRow       *fyne.Container
	manual        bool // the select says so; it counts once the public address is saved
	token         *field
	changeToken   *kit.Button
	address       *field
	copyAddress   *kit.Button
	changeAddress *kit.Button
	proxy         *field
	public        *field // manual
	port          *field // manual
	shut          *kit.Button
	reopen        *fyne.Container // in place of shut, where it is seen
	trouble       *kit.Prose
	more          *kit.Disclosure // what few ever need
	onLayout      func()
	page          State
}

func newAddressCard(do addressActions, onLayout func()) *addressCard {
	c := &addressCard{do: do, onLayout: onLayout}
	c.makeNgrok(onLayout)
	c.makeManual(onLayout)
	var door fyne.CanvasObject
	c.door, door = kit.NewSelect([]string{throughNgrok(), throughManual()}, c.chooseDoor)
	c.doorRow = frame.Labelled(frame.LabelWidth,
		kit.Inset(8, 0, 0, 0, kit.NewText(words.Say("Reached"), kit.Body).Tight()), kit.HStack(0, kit.Sized(240, kit.ControlHigh, door)))
	c.shut = kit.NewButton(words.Say("Close the address"), nil, c.close)
	c.trouble = frame.NewTrouble()
	c.reopen = kit.VStack(6, kit.NewProse(words.Say("Closed by you. AppFolio cannot deliver."), kit.Body.In(kit.ColorWarn)),
		kit.HStack(0, kit.NewButton(words.Say("Open the address"), nil, c.open).Primary()))
	c.more = kit.NewDisclosure(words.Say("Other ways and networks"), nil, func() fyne.CanvasObject {
		return kit.VStack(12, c.doorRow, c.proxy.object, kit.HStack(0, c.shut), c.trouble)
	})
	c.more.OnToggled = func(bool) { c.relayout() }
	c.object = newTitledCard(words.Say("Your address"), c.token.object, c.address.object, c.public.object, c.port.object, c.reopen, c.more)
	return c
}

func (c *addressCard) relayout() {
	kit.Relayout(c.object)
	c.onLayout()
}

func (c *addressCard) makeNgrok(onLayout func()) {
	do := c.do
	c.changeToken = kit.NewButton(words.Say("Change"), nil, func() { c.token.edit() })
	c.copyAddress = kit.NewButton(words.Say("Copy"), assets.Copy, func() {
		do.copy(c.page.Status.Address)
		c.address.rename(c.copyAddress, words.Say("Copied"))
	})
	c.changeAddress = kit.NewButton(words.Say("Change"), nil, func() { c.address.edit() })
	c.token = newField(fieldParts{
		Label: words.Say("ngrok authtoken"), Hint: words.Say("Paste the authtoken"), Icon: assets.Key, Secret: true,
		Tools: []fyne.CanvasObject{c.changeToken},
	})
	c.address = newField(fieldParts{
		Label: words.Say("Reserved address"), Hint: words.Say("Optional, like oakline.ngrok.app"), Icon: assets.Globe, Optional: true,
		Tools: []fyne.CanvasObject{c.copyAddress, c.changeAddress},
	})
	c.proxy = newField(fieldParts{
		Label: words.Say("Network proxy"), Hint: words.Say("Only if your office has one: http://name:port"), Icon: assets.External, Optional: true,
		Tools: []fyne.CanvasObject{kit.NewButton(words.Say("Change"), nil, func() { c.proxy.edit() })},
	})
	c.token.onLayout, c.address.onLayout, c.proxy.onLayout = onLayout, onLayout, onLayout
	c.token.save = func(text string, done func(error)) {
		do.changeSecrets(func(s *core.Secrets) { s.Authtoken = core.NewSecret(text) }, done)
	}
	c.address.save = func(text string, done func(error)) {
		do.change(func(s *core.Settings) { s.Address = words.SpelledOut(text) }, done)
	}
	c.proxy.save = func(text string, done func(error)) {
		do.change(func(s *core.Settings) { s.Proxy = proxyOf(text) }, done)
	}
}

func (c *addressCard) makeManual(onLayout func()) {
	do := c.do
	copyIt := kit.NewButton(words.Say("Copy"), assets.Copy, func() { do.copy(c.page.Status.Address) })
	c.public = newField(fieldParts{
		Label: words.Say("Public address"), Hint: "https://bell.example.com", Icon: assets.Globe,
		Tools: []fyne.CanvasObject{copyIt, kit.NewButton(words.Say("Change"), nil, func() { c.public.edit() })},
	})
	c.port = newField(fieldParts{
		Label: words.Say("Local port"), Hint: "8787", Icon: assets.House,
		Tools: []fyne.CanvasObject{kit.NewButton(words.Say("Change"), nil, func() { c.port.edit() })},
	})
	c.public.onLayout, c.port.onLayout = onLayout, onLayout
	c.public.save = func(text string, done func(error)) {
		do.change(func(s *core.Settings) {
			s.Door, s.ManualAddress = core.TunnelManual, words.SpelledOut(text)
			if s.ManualPort == 0 {
				s.ManualPort = usualPort
			}
		}, done)
	}
	c.port.save = func(text string, done func(error)) {
		port, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil {
			done(core.ErrBadPort)
			return
		}
		do.change(func(s *core.Settings) { s.ManualPort = port }, done)
	}
}

// usualPort is a port that hardly any program has.
const usualPort = 8787

// chooseDoor changes the way to be reached. A tunnel of one's own counts from
// when its public address is saved.
func (c *addressCard) chooseDoor(way string) {
	manual := way == throughManual()
	if manual == c.manual {
		return // shown, not chosen
	}
	c.manual = manual
	saved := c.page.Settings
	if door := doorOf(manual); door != doorOf(saved.Door == core.TunnelManual) && (!manual || saved.ManualAddress != "") {
		c.do.change(func(s *core.Settings) { s.Door = door }, func(err error) { frame.Tell(c.trouble, err) })
	}
	c.show(c.page)
	c.onLayout()
}

func doorOf(manual bool) core.TunnelKind {
	if manual {
		return core.TunnelManual
	}
	return core.TunnelNgrok
}

// close closes the address, after asking.
func (c *addressCard) close() {
	c.do.ask(frame.Question{
		Title:  words.Say("Close the address?"),
		Text:   words.Say("AppFolio cannot deliver until you open it again. It tries for some time and then gives up."),
		Verb:   words.Say("Close the address"),
		Answer: func() { c.setClosed(true) },
	})
}

func (c *addressCard) open() { c.setClosed(false) }

func (c *addressCard) setClosed(closed bool) {
	c.do.change(func(s *core.Settings) { s.Closed = closed }, func(err error) {
		frame.Tell(c.trouble, err)
		c.relayout()
	})
}

func (c *addressCard) show(p State) {
	if c.page.Settings.Door != p.Settings.Door {
		c.manual = p.Settings.Door == core.TunnelManual
	}
	c.page = p
	given := p.Override.Tunnel.Kind != ""
	manual := c.manual && !given
	frame.SetVisible(c.doorRow, !given)
	c.door.SetSelected(map[bool]string{true: throughManual(), false: throughNgrok()}[manual])
	frame.SetVisible(c.token.object, !manual)
	frame.SetVisible(c.address.object, !manual)
	frame.SetVisible(c.proxy.object, !manual && !given)
	frame.SetVisible(c.public.object, manual)
	frame.SetVisible(c.port.object, manual && p.Settings.ManualAddress != "")
	c.showNgrok(p)
	c.public.show(fieldValue{Text: words.HostOf(p.Settings.ManualAddress), Caption: words.Say("The address that cloudflared, Caddy, Tailscale or the like gives you.")})
	c.port.show(fieldValue{Text: portText(p.Settings.ManualPort), Caption: words.Say("Your tunnel leads to 127.0.0.1 and this port. Nobody else can reach it.")})
	closed := p.Settings.Closed && !given
	frame.SetVisible(c.reopen, closed)
	frame.SetVisible(c.shut, !closed)
	frame.SetVisible(c.more, !given)
	kit.Relayout(c.object)
}

func (c *addressCard) showNgrok(p State) {
	token := fieldValue{Text: words.SecretText(p.Secrets.Authtoken), Caption: planWords(p.Status.Line)}
	given := !p.Override.Secrets.Authtoken.IsZero()
	if given {
		token.Caption = givenForThisRun()
	}
	frame.SetVisible(c.changeToken, !given)
	c.token.show(token)

	c.copyAddress.SetText(words.Say("Copy"))
	frame.SetVisible(c.copyAddress, p.Status.Address != "")
	frame.SetVisible(c.changeAddress, p.Override.Tunnel.URL == "" && p.Override.Tunnel.Kind != core.TunnelLoopback)
	c.address.show(addressValue(p))
	c.proxy.show(fieldValue{Text: p.Settings.Proxy, Caption: words.Say("Whoever looks after your network knows it. Most have none.")})
}

// planWords tell what ngrok says about the account.
func planWords(l core.Line) string {
	if l.Plan == "" {
		return words.Say("From your ngrok dashboard, under Your Authtoken.")
	}
	away := explain.Number(max(1, int(l.Latency/time.Millisecond)))
	switch {
	case l.Region != "" && l.Latency > 0:
		return words.Say("%s plan, region %s, %s ms away.", l.Plan, l.Region, away)
	case l.Region != "":
		return words.Say("%s plan, region %s.", l.Plan, l.Region)
	case l.Latency > 0:
		return words.Say("%s plan, %s ms away.", l.Plan, away)
	}
	return words.Say("%s plan.", l.Plan)
}

func portText(port int) string {
	if port == 0 {
		return ""
	}
	return strconv.Itoa(port)
}

// proxyOf is a proxy as Settings keep it, from one as people write it.
func proxyOf(text string) string {
	text = strings.TrimRight(strings.TrimSpace(text), "/")
	if text == "" || strings.Contains(text, "://") {
		return text
	}
	return "http://" + text
}

// addressValue is the address to show: the one asked for, else the one ngrok
// gave.
func addressValue(p State) fieldValue {
	reserved := p.Settings.Address
	if p.Override.Tunnel.URL != "" {
		reserved = p.Override.Tunnel.URL
	}
	open := p.Status.Connection == core.Listening
	switch v := (fieldValue{Text: words.HostOf(reserved)}); {
	case p.Override.Tunnel.Kind == core.TunnelLoopback:
		v.Text, v.Caption = words.HostOf(p.Status.Address), words.Say("For this run Rentbell listens on this computer only.")
		if v.Text == "" {
			v.Text = words.Say("Not open yet")
		}
		return v
	case p.Override.Tunnel.URL != "":
		v.Caption = givenForThisRun()
		return v
	case reserved == "" && p.Status.Address != "":
		return fieldValue{Text: words.HostOf(p.Status.Address), Caption: words.Say("Your ngrok account's own address. It stays the same when you restart."), Good: open}
	case reserved == "":
		v.Caption = words.Say("Without one, ngrok gives you your account's own.")
		return v
	case open && p.Status.Address == reserved:
		v.Caption, v.Good = words.Say("Reserved. It stays the same when you restart."), true
		return v
	default:
		v.Caption = words.Say("Reserved at ngrok. Rentbell opens it as soon as it can.")
		return v
	}
}
