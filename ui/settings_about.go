package ui

import (
	"cmp"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/ui/kit"
)

// newLeavesCard tells what leaves the computer: all of it.
func newLeavesCard() *fyne.Container {
	return newTitledCard(say("What leaves this computer"),
		dataRow(say("To AppFolio"), kit.NewProse(say("When you register: your address, the kinds of events you want and the webhook secret, signed in with your API key."), kit.Body)),
		dataRow(say("To ngrok"), kit.NewProse(say("Your authtoken, to open the address. What AppFolio delivers passes through ngrok on its way to you."), kit.Body)),
		dataRow(say("To anyone else"), kit.NewProse(say("Nothing. There is no Rentbell server, no account and no statistics."), kit.Body)),
	)
}

func newAboutCard(inst installation) *fyne.Container {
	title := kit.Lead(12, kit.NewIcon(assets.AppIcon, "", 48), kit.VStack(0,
		kit.NewText("Rentbell", kit.Title).Tight(),
		kit.NewText(say("Version %s", cmp.Or(inst.Version, say("not known"))), kit.Caption).Tight(),
	))
	return kit.NewCard(kit.VStack(12, title,
		kit.NewProse(say("The bell on your desk that rings when the rent arrives."), kit.Body),
		kit.NewProse(say("Free software under the MIT licence. Not made by AppFolio or ngrok, whose names belong to them."), kit.Caption),
	))
}
