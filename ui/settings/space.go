package settings

import (
	"strings"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// accountPart is one value of a Developer Space account: an id, which Settings
// keep, or a secret.
type accountPart struct {
	label, hint, caption string

	icon     fyne.Resource
	optional bool // it can be emptied
	reports  bool // it belongs to the Reports API
	id       func(*core.Space) *string
	secret   func(*core.Secrets) *core.Secret // nil: it is an id
	tidy     func(string) string              // as people write it, to what is kept; nil: core.Pasted
}

// put writes what was typed.
func (p accountPart) put(text string, space *core.Space, secrets *core.Secrets) {
	switch {
	case p.secret != nil:
		*p.secret(secrets) = core.NewSecret(text)
	case p.tidy != nil:
		*p.id(space) = p.tidy(text)
	default:
		*p.id(space) = core.Pasted(text)
	}
}

// shown is the value as it may be seen; empty: there is none.
func (p accountPart) shown(space core.Space, secrets core.Secrets) string {
	if p.secret != nil {
		return words.SecretText(*p.secret(&secrets))
	}
	return *p.id(&space)
}

func (p accountPart) given(o core.Override) bool {
	if p.secret != nil {
		return !p.secret(&o.Secrets).IsZero()
	}
	return *p.id(&o.Space) != ""
}

// accountParts are the values of an account, those of the Reports API last.
func accountParts() []accountPart {
	return []accountPart{
		{
			label: words.Say("Client id"), hint: words.Say("Paste the client id"), icon: assets.House,
			caption: words.Say("From Developer Space. Deliveries of other clients are kept out."),
			id:      func(s *core.Space) *string { return &s.ClientID },
		},
		{
			label: words.Say("Client secret"), hint: words.Say("Paste the client secret"), icon: assets.Key,
			caption: words.Say("AppFolio shows it once, beside the client id."),
			secret:  func(s *core.Secrets) *core.Secret { return &s.ClientSecret },
		},
		{
			label: words.Say("Developer id"), hint: words.Say("Paste the developer id"), icon: assets.NavTenants,
			caption: words.Say("Rentbell names it whenever it asks AppFolio for records."),
			id:      func(s *core.Space) *string { return &s.DeveloperID },
		},
		{
			label: words.Say("Database id"), hint: words.Say("Optional"), icon: assets.Folder, optional: true,
			caption: words.Say("Only if you have several databases: deliveries of the others are kept out."),
			id:      func(s *core.Space) *string { return &s.DatabaseID },
		},
		{
			label: words.Say("Company"), hint: words.Say("oakline in https://oakline.appfolio.com"), icon: assets.Globe, optional: true, reports: true,
			caption: words.Say("The first part of your own AppFolio address."), tidy: companyOf,
			id: func(s *core.Space) *string { return &s.Company },
		},
		{
			label: words.Say("Reports client id"), hint: words.Say("Paste the Reports client id"), icon: assets.NavPayments, optional: true, reports: true,
			caption: words.Say("The Reports API has an id and a secret of its own."),
			id:      func(s *core.Space) *string { return &s.ReportsClientID },
		},
		{
			label: words.Say("Reports secret"), hint: words.Say("Paste the Reports client secret"), icon: assets.Key, reports: true,
			caption: words.Say("With all three, Rentbell reads payments."),
			secret:  func(s *core.Secrets) *core.Secret { return &s.ReportsSecret },
		},
	}
}

// companyOf is a company's name, from it or from an address that begins with it.
func companyOf(text string) string {
	text = strings.ToLower(strings.TrimSpace(text))
	if _, rest, is := strings.Cut(text, "://"); is {
		text = rest
	}
	text, _, _ = strings.Cut(text, "/")
	return strings.TrimSuffix(text, ".appfolio.com")
}

// accountField is the field of one part.
type accountField struct {
	*field
	part   accountPart
	change *kit.Button
}

func newAccountField(part accountPart, do accountActions, onLayout func()) *accountField {
	f := &accountField{part: part}
	f.change = kit.NewButton(words.Say("Change"), nil, func() { f.edit() })
	f.field = newField(fieldParts{
		Label: part.label, Hint: part.hint, Icon: part.icon, Secret: part.secret != nil, Optional: part.optional,
		Tools: []fyne.CanvasObject{f.change},
	})
	f.onLayout = onLayout
	f.save = func(text string, done func(error)) { do.saveAccount(part, text, done) }
	return f
}

func (f *accountField) show(p State) {
	v := fieldValue{Text: f.part.shown(p.Account.Space, p.Account.Secrets), Caption: f.part.caption}
	given := f.part.given(p.Override)
	switch {
	case given:
		v.Caption = words.Say("Given for this run. It is not saved.")
	case f.part.secret != nil && v.Text != "":
		v.Caption = keptWhere(p.Status)
	}
	frame.SetVisible(f.change, !given)
	f.field.show(v)
}

// spaceForm holds the account of a Developer Space, within the AppFolio card.
type spaceForm struct {
	object *fyne.Container
	do     accountActions

	fields  []*accountField
	reports *kit.Disclosure
	other   *kit.Press
	foot    *fyne.Container // holds it
}

func newSpaceForm(do accountActions, onLayout func()) *spaceForm {
	f := &spaceForm{do: do, object: kit.VStack(12)}
	receipts := kit.VStack(12)
	for _, part := range accountParts() {
		one := newAccountField(part, do, onLayout)
		f.fields = append(f.fields, one)
		if part.reports {
			receipts.Add(one.object)
		} else {
			f.object.Add(one.object)
		}
	}
	f.reports = kit.NewDisclosure(words.Say("Payments (Reports API)"), nil, func() fyne.CanvasObject { return receipts })
	f.reports.OnToggled = func(bool) { kit.Relayout(f.object); onLayout() }
	f.other = kit.NewLink(words.Say("Use another account"), f.askForget)
	f.object.Add(f.reports)
	f.foot = kit.HStack(0, kit.Inset(0, 0, 0, -2, f.other))
	f.object.Add(f.foot)
	return f
}

func (f *spaceForm) show(p State) {
	for _, one := range f.fields {
		one.show(p)
	}
	lent := p.Override.Space.ClientID != "" || !p.Override.Secrets.ClientSecret.IsZero()
	frame.SetVisible(f.foot, !lent && p.Settings.Space.ClientID != "" && !p.Account.Secrets.ClientSecret.IsZero())
	kit.Relayout(f.object)
}

// askForget empties the account, after asking: its values belong together, and
// AppFolio refuses a new one among the old.
func (f *spaceForm) askForget() {
	f.do.ask(frame.Question{
		Title:  words.Say("Use another account?"),
		Text:   words.Say("Rentbell forgets the ids and the secrets of this one, and nothing arrives until you paste those of the other. What has arrived stays."),
		Verb:   words.Say("Use another"),
		Answer: func() { f.do.forgetAccount(f.fields[0].saved) },
	})
}
