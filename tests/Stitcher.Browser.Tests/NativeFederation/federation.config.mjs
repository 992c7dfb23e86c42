import { share, withNativeFederation } from '@softarc/native-federation/config';

export default withNativeFederation({
  name: 'offers',
  exposes: { './Offer': './src/offer.ts' },
  shared: share({
    lit: { singleton: true, strictVersion: true, requiredVersion: 'auto' },
    clsx: { singleton: true, strictVersion: false, requiredVersion: 'auto' },
  }),
});
