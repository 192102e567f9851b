package main

import (
	"bytes"
	"image"
	"image/png"

	"rentbell/assets"
)

// icon returns the picture that notifications show.
func icon() image.Image {
	drawn, err := png.Decode(bytes.NewReader(assets.AppIcon64.Content()))
	if err != nil {
		panic("the icon is part of the program: " + err.Error())
	}
	return drawn
}
