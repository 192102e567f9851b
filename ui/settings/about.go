package settings

import (
	"cmp"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// newLeavesCard tells what leaves the computer: all of it.
func newLeavesCard() *fyne.Container {
	return newTitledCard(words.Say("What leaves this computer"),
		dataRow(words.Say("To AppFolio"), kit.NewProse(words.Say("When you register: your address, the kinds of events you want and the webhook secret, signed in with your API key."), kit.Body)),
		dataRow(words.Say("To ngrok"), kit.NewProse(words.Say("Your authtoken, to open the address. What AppFolio delivers passes through ngrok on its way to you."), kit.Body)),
		dataRow(words.Say("To anyone else"), kit.NewProse(words.Say("Nothing. There is no Rentbell server, no account and no statistics."), kit.Body)),
	)
}

func newAboutCard(inst installation) *fyne.Container {
	title := kit.Lead(12, kit.NewIcon(assets.AppIcon, "", 48), kit.VStack(0,
		kit.NewText("Rentbell", kit.Title).Tight(),
		kit.NewText(words.Say("Version %s", cmp.Or(inst.Version, words.Say("not known"))), kit.Caption).Tight(),
	))
	return kit.NewCard(kit.VStack(12, title,
		kit.NewProse(words.Say("The bell on your desk that rings when the rent arrives."), kit.Body),
		kit.NewProse(words.Say("Free software under the MIT licence. Not made by AppFolio or ngrok, whose names belong to them."), kit.Caption),
	))
}

// newMovingCard tells how to move to another computer.
func newMovingCard() *fyne.Container {
	return newTitledCard(words.Say("Move to another computer"),
		kit.NewProse(words.Say("Back up here, restore the file there, and enter the keys again. Close Rentbell here before you register there."), kit.Body),
		kit.NewProse(words.Say("Only you can read the folder."), kit.Caption),
	)
}
