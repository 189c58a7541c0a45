//! Reading a QR from a picture of the screen, as a phone's camera would.

use anyhow::{Context as _, Result, ensure};

/// A picture in shades of grey.
pub(crate) struct Picture {
    width: usize,
    height: usize,
    grey: Vec<u8>,
}

impl Picture {
    /// What is in a PNG file.
    pub(crate) fn of(png: &[u8]) -> Result<Self> {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info()?;
        let mut pixels = vec![0; reader.output_buffer_size().context("a picture of some size")?];
        let frame = reader.next_frame(&mut pixels)?;
        let samples = frame.color_type.samples();
        ensure!(samples >= 3, "screens are taken in colour");
        let grey = pixels[..frame.buffer_size()].chunks_exact(samples).map(|pixel| {
            let sum: u16 = pixel[..3].iter().map(|&sample| u16::from(sample)).sum();
            u8::try_from(sum / 3).unwrap_or(u8::MAX)
        });
        let (width, height) = (frame.width as usize, frame.height as usize);
        Ok(Self { width, height, grey: grey.collect() })
    }

    /// The text of the one QR in it.
    pub(crate) fn qr(&self) -> Result<String> {
        let mut picture =
            rqrr::PreparedImage::prepare_from_greyscale(self.width, self.height, |x, y| {
                self.at(x, y)
            });
        let grids = picture.detect_grids();
        ensure!(grids.len() == 1, "{} QRs in the picture", grids.len());
        let (_, text) = grids[0].decode()?;
        Ok(text)
    }

    /// How many modules of the QR are left free on its narrowest side. A finder, seven modules
    /// wide, is at its upper left corner.
    pub(crate) fn quiet_zone(&self) -> Result<f64> {
        let dark = |x: usize, y: usize| self.at(x, y) < 128;
        let column = |x: usize| (0..self.height).any(|y| dark(x, y));
        let row = |y: usize| (0..self.width).any(|x| dark(x, y));
        let left = (0..self.width).find(|&x| column(x)).context("nothing dark")?;
        let right = (0..self.width).rev().find(|&x| column(x)).context("nothing dark")?;
        let top = (0..self.height).find(|&y| row(y)).context("nothing dark")?;
        let bottom = (0..self.height).rev().find(|&y| row(y)).context("nothing dark")?;
        let finder = (left..self.width).take_while(|&x| dark(x, top)).count();
        let margins = [left, top, self.width - 1 - right, self.height - 1 - bottom];
        let narrowest = margins.into_iter().min().context("four sides")?;
        Ok(narrowest as f64 * 7.0 / finder as f64)
    }

    fn at(&self, x: usize, y: usize) -> u8 {
        self.grey[y * self.width + x]
    }
}
